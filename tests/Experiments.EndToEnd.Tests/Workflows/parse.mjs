// Reads workflows by GitHub's own parser and prints what it finds wrong: node parse.mjs PLACE FILE…, where PLACE is that of build/ci-languages.sh.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";

const [place, ...files] = process.argv.slice(2);
// The package imports JSON as bundlers read it; Node wants a word more.
register("data:text/javascript," + encodeURIComponent(`
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
export const load = (url, context, next) => url.endsWith(".json")
  ? { format: "module", shortCircuit: true, source: "export default " + readFileSync(fileURLToPath(url), "utf8") } : next(url, context);`));
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(pathToFileURL(`${place}/node_modules/@actions/workflow-parser/dist/index.js`));
let wrong = false;
for (const name of files) {
  const { context, value } = parseWorkflow({ name, content: readFileSync(name, "utf8") }, new NoOperationTraceWriter());
  const errors = new Set(context.errors.getErrors().map(error => error.message));
  if (value)
    for (const error of (await convertWorkflowTemplate(context, value)).errors ?? [])
      errors.add(error.Message);
  for (const error of errors)
    console.log(error);
  wrong ||= errors.size > 0;
}
process.exit(wrong ? 1 : 0);
