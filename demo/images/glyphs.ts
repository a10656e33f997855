import { audioAndVideo } from './glyphs/audio-and-video.ts';
import { computing } from './glyphs/computing.ts';
import { household } from './glyphs/household.ts';
import { leisureAndGarden } from './glyphs/leisure-and-garden.ts';
import { sportAndOutdoor } from './glyphs/sport-and-outdoor.ts';

/** Every shape by its name; see `glyphs/audio-and-video.ts` for the square and the colours' names. */
export const glyphs = { ...audioAndVideo, ...computing, ...household, ...leisureAndGarden, ...sportAndOutdoor };
export type GlyphName = keyof typeof glyphs;
