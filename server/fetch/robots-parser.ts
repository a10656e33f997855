import { canonicalPath, type PathPattern, parsePattern } from './robots-pattern.ts';

/** What one robots.txt (RFC 9309) asks of crawlers. */
export interface RobotsRules {
  /**
   * @param userAgent a product token (`MagpieBot`) or a whole User-Agent header.
   * @param url absolute, or a path.
   */
  isAllowed(userAgent: string, url: string): boolean;
  /** Seconds between requests; null when that crawler's group names none. Not in the RFC, but widely asked for. */
  crawlDelaySeconds(userAgent: string): number | null;
}

interface Rule {
  allow: boolean;
  pattern: PathPattern;
}

interface Group {
  /** In lower case; `*` stands for all other agents. */
  agent: string;
  rules: Rule[];
  crawlDelaySeconds: number | null;
}

/** Directives as they are met in the wild: misspelt, and with the colon forgotten (Google's parser forgives both). */
const DIRECTIVE = /^(user[ -]?agent|allow|dis+al+ow|disallaw|diasllow|crawl[ -]delay)(?:\s*:|\s)\s*(.*)$/i;

/** Longer lines are cut, as in Google's parser: a buffer of eight times the longest URL of old browsers, less its end mark. */
const MAX_LINE_CHARS = 2083 * 8 - 1;

/** Parses any text; what is not a directive is skipped, as RFC 9309, 2.2.4, asks. */
export function parseRobots(text: string): RobotsRules {
  const groups = readGroups(text);
  const groupFor = (userAgent: string) => chooseGroup(groups, userAgent);
  return {
    isAllowed: (userAgent, url) => isAllowed(groupFor(userAgent)?.rules ?? [], pathOf(url)),
    crawlDelaySeconds: (userAgent) => groupFor(userAgent)?.crawlDelaySeconds ?? null,
  };
}

/** Groups of one agent are merged (2.2.1); consecutive user-agent lines share the rules that follow. */
function readGroups(text: string): Map<string, Group> {
  const groups = new Map<string, Group>();
  let current: Group[] = [];
  let inAgentLines = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const directive = DIRECTIVE.exec(line.slice(0, MAX_LINE_CHARS).replace(/#.*$/, '').trim());
    if (directive === null) continue;
    const [, name = '', value = ''] = directive;
    if (/^user/i.test(name)) {
      if (!inAgentLines) current = [];
      inAgentLines = true;
      const agent = agentToken(value);
      if (agent !== null) current.push(groupOf(groups, agent));
      continue;
    }
    inAgentLines = false;
    for (const group of current) addDirective(group, name, value);
  }
  return groups;
}

function groupOf(groups: Map<string, Group>, agent: string): Group {
  let group = groups.get(agent);
  if (group === undefined) {
    group = { agent, rules: [], crawlDelaySeconds: null };
    groups.set(agent, group);
  }
  return group;
}

function addDirective(group: Group, name: string, value: string): void {
  if (/^crawl/i.test(name)) {
    const seconds = Number(value);
    if (value !== '' && Number.isFinite(seconds) && seconds >= 0) {
      group.crawlDelaySeconds = Math.max(seconds, group.crawlDelaySeconds ?? 0);
    }
    return;
  }
  if (value === '') return; // an empty Disallow forbids nothing
  const allow = /^a/i.test(name);
  group.rules.push({ allow, pattern: parsePattern(value) });
  // A rule about a folder's index.html is about the folder too (Google's parser reads it so).
  if (allow && value.endsWith('/index.html')) {
    group.rules.push({ allow, pattern: parsePattern(`${value.slice(0, -'index.html'.length)}$`) });
  }
}

/** `FooBot/1.2 (comment)` and `Foo Bar` address the product before the version; wildcards inside are dropped. */
function agentToken(value: string): string | null {
  const token = /^[^\s/]*/.exec(value)?.[0].toLowerCase() ?? '';
  if (token === '*') return token;
  const bare = token.replaceAll('*', '');
  return bare === '' ? null : bare;
}

/**
 * The group with the longest name that begins a word of the user agent (`googlebot` speaks to `Googlebot-Image` when
 * nothing longer does), else the one for all agents.
 */
function chooseGroup(groups: Map<string, Group>, userAgent: string): Group | null {
  const words =
    userAgent
      .toLowerCase()
      .replaceAll('*', '')
      .match(/[\p{L}\p{N}_-]+/gu) ?? [];
  let chosen: Group | null = null;
  for (const group of groups.values()) {
    if (group.agent.length <= (chosen?.agent.length ?? 0)) continue;
    if (words.some((word) => word.startsWith(group.agent))) chosen = group;
  }
  return chosen ?? groups.get('*') ?? null;
}

/** The longest matching rule decides, an Allow before a Disallow of the same length (2.2.2). */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  let best: Rule | null = null;
  for (const rule of rules) {
    const tie = rule.pattern.length - (best?.pattern.length ?? -1);
    if ((tie > 0 || (tie === 0 && rule.allow)) && rule.pattern.matches(path)) best = rule;
  }
  return best?.allow ?? true;
}

/** Path and query in canonical form. The text is cut by hand: a URL parser would already rewrite it. */
function pathOf(url: string): string {
  const withoutOrigin = url.replace(/#.*$/s, '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  return canonicalPath(withoutOrigin.startsWith('/') ? withoutOrigin : `/${withoutOrigin}`);
}
