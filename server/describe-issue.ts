import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** How the validator's own messages begin; all others are the words of a schema. */
const VALIDATORS_OWN = /^(?:Too (?:small|big): |Invalid )/;

/** An issue in words that a caller of the API knows, not the validator's. */
export function describeIssue(issue: Issue): string {
  const { message } = issue;
  if (!VALIDATORS_OWN.test(message)) return message;
  switch (issue.code) {
    case 'invalid_type':
      return message.endsWith('received undefined') ? 'is missing' : `is not ${withArticle(issue.expected)}`;
    case 'too_small':
      return describeTooSmall(issue);
    case 'too_big':
      return describeTooBig(issue);
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] === undefined ? message : `is not ${FORMATS[issue.format]}`;
    default:
      return message;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  datetime: 'an ISO 8601 date and time in UTC',
};

function describeTooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  const unit = UNITS[origin];
  if (unit === undefined) return inclusive === false ? `is not above ${minimum}` : `is below ${minimum}`;
  return minimum === 1 ? 'is empty' : `has fewer than ${minimum} ${unit}`;
}

function describeTooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): string {
  const unit = UNITS[origin];
  if (unit === undefined) return inclusive === false ? `is not below ${maximum}` : `is above ${maximum}`;
  return `has more than ${maximum} ${unit}`;
}

/** Of what has a length. */
const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
