import { describe, expect, it } from 'vitest';
import { parseHtml } from '../parse-html.ts';
import { readRdfa } from './rdfa.ts';

const BASE = 'https://shop.example/p/1';
const read = (html: string) => readRdfa(parseHtml(html), BASE);
const SCHEMA = 'http://schema.org/';

describe('readRdfa', () => {
  it('reads RDFa Lite with nested things', () => {
    const html = `<div vocab="${SCHEMA}" typeof="Product" resource="#p"><b property="name">Kettle</b>
      <div property="offers" typeof="Offer"><i property="price" content="39.99">$39.99</i><link property="availability" href="${SCHEMA}InStock"></div></div>`;
    const nodes = read(html);
    expect(nodes.find((node) => node['@id'] === `${BASE}#p`)).toEqual({
      '@id': `${BASE}#p`,
      '@type': [`${SCHEMA}Product`],
      [`${SCHEMA}name`]: [{ '@value': 'Kettle' }],
      [`${SCHEMA}offers`]: [{ '@id': '_:b1' }],
    });
    expect(nodes.find((node) => node['@id'] === '_:b1')).toEqual({
      '@id': '_:b1',
      '@type': [`${SCHEMA}Offer`],
      [`${SCHEMA}price`]: [{ '@value': '39.99' }],
      [`${SCHEMA}availability`]: [{ '@id': `${SCHEMA}InStock` }],
    });
  });

  it('resolves prefixes, declared and initial, and keeps absolute addresses', () => {
    const html = `<div prefix="ex: https://example.org/#" about="/a"><i property="ex:one">1</i><i property="dc:title">2</i>
      <i property="https://example.org/three">3</i></div><p xmlns:f="https://example.org/f#" about="/a" property="f:four">4</p>`;
    expect(read(html)[0]).toEqual({
      '@id': 'https://shop.example/a',
      'https://example.org/#one': [{ '@value': '1' }],
      'http://purl.org/dc/terms/title': [{ '@value': '2' }],
      'https://example.org/three': [{ '@value': '3' }],
      'https://example.org/f#four': [{ '@value': '4' }],
    });
  });

  it('completes statements that wait for their object', () => {
    const html =
      '<div about="/a" rel="foaf:knows"><p about="/b"></p><p><span resource="/c"></span></p></div><p about="/d" rev="foaf:knows" resource="/a"></p>';
    expect(read(html)[0]?.['http://xmlns.com/foaf/0.1/knows']).toEqual([
      { '@id': 'https://shop.example/b' },
      { '@id': 'https://shop.example/c' },
      { '@id': 'https://shop.example/d' },
    ]);
  });

  it('knows languages, datatypes and lists', () => {
    const html = `<div about="/a" vocab="${SCHEMA}" lang="de"><i property="name">Kessel</i><i property="name" lang="">kettle</i>
      <time property="date" datatype="xsd:date" datetime="2024-01-01">x</time><i property="list" inlist>1</i><i property="list" inlist>2</i></div>`;
    const node = read(html).find(({ '@id': id }) => id === 'https://shop.example/a');
    expect(node?.[`${SCHEMA}name`]).toEqual([{ '@value': 'Kessel', '@language': 'de' }, { '@value': 'kettle' }]);
    expect(node?.[`${SCHEMA}date`]).toEqual([
      { '@value': '2024-01-01', '@type': 'http://www.w3.org/2001/XMLSchema#date' },
    ]);
    expect(node?.[`${SCHEMA}list`]).toEqual([
      {
        '@list': [
          { '@value': '1', '@language': 'de' },
          { '@value': '2', '@language': 'de' },
        ],
      },
    ]);
  });

  it('resolves against the base element', () => {
    expect(read('<base href="https://other.example/x/"><a about="" property="dc:relation" href="y">z</a>')[0]).toEqual({
      '@id': 'https://other.example/x/',
      'http://purl.org/dc/terms/relation': [{ '@id': 'https://other.example/x/y' }],
    });
  });
});
