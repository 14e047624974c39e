import type { Persona } from './api.ts';

/** Who plays a scene: a seat by its title, in the filing unit or in the unit whose name begins so. */
interface Role {
  seat: string;
  unit?: string;
  /** Said in place of the seat where several play one scene. */
  short?: string;
}

interface Scene {
  place: string;
  title: string;
  what: string;
  roles: Role[];
}

/** Stands for whichever unit files. */
const OWNER = '建设单位';
const OFFICE = '区信息办';

const ACTS: { title: string; scenes: Scene[] }[] = [
  {
    title: '申报与受理',
    scenes: [
      { place: OWNER, title: '涉密筛查', what: '先答一个问题；涉密的到此为止', roles: [{ seat: '经办人' }] },
      { place: OWNER, title: '填申报表', what: '手机上分段填写，边填边存', roles: [{ seat: '经办人' }] },
      { place: OWNER, title: '审核', what: '项目责任人同意或退回', roles: [{ seat: '项目责任人' }] },
      { place: OWNER, title: '签发', what: '签发后离开本单位', roles: [{ seat: '单位负责人' }] },
      { place: OFFICE, title: '受理', what: '受理、一次性补正，或不予受理', roles: [{ seat: '受理岗', unit: OFFICE }] },
    ],
  },
  {
    title: '年度计划（草案）与联合初审',
    scenes: [
      {
        place: OFFICE,
        title: '编制草案、送审',
        what: '已受理的项目编入草案，一并送出',
        roles: [{ seat: '审核岗', unit: OFFICE }],
      },
      {
        place: '五个席位同时',
        title: '部门联合初审',
        what: '各填各的检查项和核减建议，互不可见；遇本单位项目回避',
        roles: [
          { seat: '审核岗', unit: '区财政局', short: '财政' },
          { seat: '审核岗', unit: '区发展和改革', short: '发改' },
          { seat: '审核岗', unit: '区行政审批', short: '审批' },
          { seat: '审核岗', unit: OFFICE, short: '信息办' },
          { seat: '技术审查岗', unit: OFFICE, short: '技术' },
          { seat: '副组长', short: '副组长' },
        ],
      },
      {
        place: OFFICE,
        title: '汇总、退回修改',
        what: '归纳意见、定核定额，或退单位修改',
        roles: [{ seat: '审核岗', unit: OFFICE }],
      },
      { place: OFFICE, title: '主任审定', what: '通过的进入储备库', roles: [{ seat: '主任', unit: OFFICE }] },
    ],
  },
];

const LATER = ['专家评审', '立项与可研', '年度计划', '建设', '验收', '拨付'];

interface Props {
  unit: string;
  actorOf: (seat: string, unit?: string) => Persona | undefined;
  open: (persona: Persona) => void;
}

/** The story in one picture: whose turn it is, what they do, and a way to step into their shoes. */
export function Story({ unit, actorOf, open }: Props) {
  return (
    <section className="story" aria-label="一个项目的申报与初审之路">
      {ACTS.map((act, number) => (
        <div className="act" key={act.title}>
          <h2>{act.title}</h2>
          <ol className="story-line">
            {act.scenes.map((scene, index) => (
              <SceneLine
                key={scene.title}
                scene={scene}
                no={countBefore(number) + index + 1}
                crossing={index > 0 && act.scenes[index - 1]?.place !== scene.place}
                unit={unit}
                actorOf={actorOf}
                open={open}
              />
            ))}
            {number === ACTS.length - 1 ? (
              <li className="scene later">
                <span className="scene-place">以后的阶段</span>
                <span className="scene-dot">…</span>
                <span className="scene-what">{LATER.join(' → ')}</span>
              </li>
            ) : null}
          </ol>
        </div>
      ))}
    </section>
  );
}

const countBefore = (act: number): number => ACTS.slice(0, act).reduce((sum, { scenes }) => sum + scenes.length, 0);

interface SceneProps extends Props {
  scene: Scene;
  no: number;
  crossing: boolean;
}

function SceneLine({ scene, no, crossing, unit, actorOf, open }: SceneProps) {
  const actors = scene.roles.flatMap((role) => {
    const actor = actorOf(role.seat, role.unit);
    return actor ? [{ ...role, actor }] : [];
  });
  return (
    <li className={crossing ? 'scene crossing' : 'scene'}>
      <span className="scene-place">{scene.place === OWNER ? unit : scene.place}</span>
      <span className="scene-dot">{no}</span>
      <strong>{scene.title}</strong>
      <span className="scene-what">{scene.what}</span>
      <span className={actors.length > 1 ? 'scene-actors many' : 'scene-actors'}>
        {actors.map(({ seat, short, actor }) => (
          <button
            key={actor.login}
            type="button"
            className="link"
            title={`${actor.unit} ${seat} ${actor.name}`}
            onClick={() => open(actor)}
          >
            {short ?? seat} · {actor.name}
          </button>
        ))}
      </span>
    </li>
  );
}
