import type { Persona } from './api.ts';

interface Scene {
  place: '建设单位' | '区信息办';
  title: string;
  what: string;
  /** Title of the seat that plays the scene. */
  seat: string;
}

const SCENES: Scene[] = [
  { place: '建设单位', title: '涉密筛查', what: '先答一个问题；涉密的到此为止，不留任何内容', seat: '经办人' },
  { place: '建设单位', title: '填申报表', what: '手机上分段填写，边填边存，合计须相符', seat: '经办人' },
  { place: '建设单位', title: '审核', what: '项目责任人同意或退回', seat: '项目责任人' },
  { place: '建设单位', title: '签发', what: '单位负责人签发后离开本单位', seat: '单位负责人' },
  { place: '区信息办', title: '受理', what: '受理、一次性补正，或不予受理', seat: '受理' },
];

const LATER = ['初审', '专家评审', '立项与可研', '年度计划', '建设', '验收', '拨付'];

interface Props {
  unit: string;
  actorOf: (seat: string) => Persona | undefined;
  open: (persona: Persona) => void;
}

/** The story in one picture: whose turn it is, what they do, and a way to step into their shoes. */
export function Story({ unit, actorOf, open }: Props) {
  return (
    <section className="story" aria-label="一个项目的申报之路">
      <ol className="story-line">
        {SCENES.map((scene, index) => {
          const actor = actorOf(scene.seat);
          const crossing = index > 0 && SCENES[index - 1]?.place !== scene.place;
          return (
            <li key={scene.title} className={crossing ? 'scene crossing' : 'scene'}>
              <span className="scene-place">{scene.place === '建设单位' ? unit : scene.place}</span>
              <span className="scene-dot">{index + 1}</span>
              <strong>{scene.title}</strong>
              <span className="scene-what">{scene.what}</span>
              {actor !== undefined && (
                <button type="button" className="link" onClick={() => open(actor)}>
                  {scene.seat} · {actor.name}
                </button>
              )}
            </li>
          );
        })}
        <li className="scene later">
          <span className="scene-place">以后的阶段</span>
          <span className="scene-dot">…</span>
          <span className="scene-what">{LATER.join(' → ')}</span>
        </li>
      </ol>
    </section>
  );
}
