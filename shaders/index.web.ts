/** The kernels' text, in browsers, where the bundler brings it along. */
import choleskySolve from './cholesky-solve.wgsl?raw';
import combine from './combine.wgsl?raw';
import dot from './dot.wgsl?raw';
import finishGradient from './finish-gradient.wgsl?raw';
import gramian from './gramian.wgsl?raw';
import lineSearch from './line-search.wgsl?raw';
import normalEquations from './normal-equations.wgsl?raw';
import registerTile from './register-tile.wgsl?raw';
import ridgeSums from './ridge-sums.wgsl?raw';
import rowBlock from './row-block.wgsl?raw';
import rowGradient from './row-gradient.wgsl?raw';
import rowTable from './row-table.wgsl?raw';
import segments from './segments.wgsl?raw';
import sumSlots from './sum-slots.wgsl?raw';
import topK from './top-k.wgsl?raw';
import workgroupSum from './workgroup-sum.wgsl?raw';
import workgroupSumSubgroups from './workgroup-sum-subgroups.wgsl?raw';

export const shaders = {
  'cholesky-solve': choleskySolve,
  combine,
  dot,
  'finish-gradient': finishGradient,
  gramian,
  'line-search': lineSearch,
  'normal-equations': normalEquations,
  'register-tile': registerTile,
  'ridge-sums': ridgeSums,
  'row-block': rowBlock,
  'row-gradient': rowGradient,
  'row-table': rowTable,
  segments,
  'sum-slots': sumSlots,
  'top-k': topK,
  'workgroup-sum': workgroupSum,
  'workgroup-sum-subgroups': workgroupSumSubgroups,
};
