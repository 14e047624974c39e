/**
 * Takes the last spellings of "compile this text as code" out of third-party modules, so that the bundle runs under a
 * content security policy without `unsafe-eval` and inside WeChat and DingTalk, which refuse such apps.
 * Where the global object is asked for, `global` of the options is answered (`globalThis` is missing on DingTalk).
 * Our reactions are functions, so nothing of ours ever reaches these lines; if something does, it must fail loudly.
 */
module.exports = function noCompileLoader(source) {
  const { global } = this.getOptions();
  return source
    .replace(/(?:new )?Function\((['"])return this\1\)\(\)/g, global)
    .replace(
      /new Function\((['"])\$root\1,/g,
      '(function () { throw new Error("Form expressions are not compiled"); })(',
    );
};
