import type { HelperDelegate } from 'handlebars';
import { expressions } from './expressions.ts';
import { handlebarsRuntime } from './runtime.ts';
import { type TemplateName, templates } from './templates.generated.ts';

const handlebars = handlebarsRuntime.create();
for (const [name, expression] of Object.entries(expressions)) {
  handlebars.registerHelper(name, expression as HelperDelegate);
}
const compiled = new Map(Object.entries(templates).map(([name, spec]) => [name, handlebars.template(spec)]));
for (const [name, template] of compiled) handlebars.registerPartial(name, template);

/**
 * The text of a template with its data filled in. Whatever is in the data comes out as harmless words or code.
 * @param name the file's path under `templates/` without `.hbs`
 * @throws TypeError when the template asks for something the data has not
 */
export function render(name: TemplateName, data: object): string {
  const template = compiled.get(name);
  if (template === undefined) throw new TypeError(`no template ${name}`);
  return template(data);
}
