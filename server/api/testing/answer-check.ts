import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type ApiDocument, answerOf } from '../document/document.ts';

/** What an answer was, as far as the document speaks of it. */
export interface Answered {
  /** `get /products`, as in the document. */
  operation: string;
  status: number;
  contentType: string | null;
  body: string;
}

/** Says how an answer differs from what a document promises; null where it keeps it. Server errors never do. */
export function answerCheck(document: ApiDocument): (answer: Answered) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return ({ operation, status, contentType, body }) => {
    if (status >= 500) return `${operation} failed with ${status}: ${body}`;
    const [method = '', path = ''] = operation.split(' ');
    const declared = document.paths[path]?.[method]?.responses[status];
    const promised = declared && answerOf(document, declared);
    if (declared === undefined || promised === undefined)
      return `${operation} answered ${status}, which is not documented: ${body}`;
    if (promised.content === undefined) return body === '' ? null : `${operation} ${status} has a body: ${body}`;
    const type = contentType?.split(';')[0] ?? '';
    const content = promised.content[type];
    if (content === undefined) return `${operation} ${status} is of the undocumented type "${type}"`;
    if (!type.endsWith('json')) return null;
    const place =
      '$ref' in declared ? declared.$ref.split('/').slice(1) : ['paths', path, method, 'responses', String(status)];
    const pointer = [...place, 'content', type, 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = ajv.getSchema(`document#/${pointer}`);
    if (validate === undefined) return `${operation} ${status} has no schema`;
    return validate(JSON.parse(body)) ? null : `${operation} ${status}: ${ajv.errorsText(validate.errors)}: ${body}`;
  };
}
