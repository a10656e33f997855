// The k best items of each user by score u·v, without those excluded, over one slice of the items: scores are never stored.
//
// Items that beat the k-th best so far are gathered in shared memory, and sorted when it is full. Equal scores: the lower
// item wins, so that the result does not depend on the order of the threads.
// Dispatch: a workgroup per user and slice; a thread scores every 256th item. Linear over a 2-D grid.
// Shared memory: 4 KiB + 32·N_TILE_ROWS bytes.
// Tolerance: 1e-6 of ‖u‖·‖v‖ for scores; items whose scores differ by less may change places.

override N_TILE_ROWS: u32;

const WG_SIZE = 256u;
/// Candidates in shared memory, a power of two; k ≤ CAPACITY − WG_SIZE.
const CAPACITY = 512u;
/// The item of an empty place.
const NONE = 0xffffffffu;

override N_CHUNKS: u32 = 2u * N_TILE_ROWS;

/// Must be kept in sync with shared/recommender/backends/webgpu/top-k.ts, as must Candidate.
struct Search {
  n_users: u32,
  /// Among all items, the first in this buffer.
  first_item: u32,
  n_items: u32,
  n_slices: u32,
  k: u32,
}

struct Candidate {
  score: f32,
  item: u32,
}

@group(0) @binding(0) var<uniform> search: Search;
@group(0) @binding(1) var<storage, read> users: array<vec4f>;
@group(0) @binding(2) var<storage, read> items: array<vec4f>;
/// [n_users + 1]: where a user's excluded items begin.
@group(0) @binding(3) var<storage, read> excluded_ptr: array<u32>;
/// Ascending for each user.
@group(0) @binding(4) var<storage, read> excluded: array<u32>;
/// [user][slice][k], best first.
@group(0) @binding(5) var<storage, read_write> best: array<Candidate>;

var<workgroup> sh_user: array<vec4f, N_CHUNKS>;
var<workgroup> sh_candidates: array<Candidate, CAPACITY>;
var<workgroup> sh_n_candidates: atomic<u32>;
/// The same where all threads must see one value.
var<workgroup> sh_n: u32;

fn is_better(a: Candidate, b: Candidate) -> bool {
  if (a.item == NONE || b.item == NONE) {
    return a.item < b.item;
  }
  return a.score > b.score || (a.score == b.score && a.item < b.item);
}

fn is_excluded(user: u32, item: u32) -> bool {
  var low = excluded_ptr[user];
  var high = excluded_ptr[user + 1u];
  while (low < high) {
    let middle = (low + high) / 2u;
    if (excluded[middle] < item) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low < excluded_ptr[user + 1u] && excluded[low] == item;
}

/// Best first, by Batcher's bitonic sorting network. Ends with a barrier.
fn sort_candidates(thread: u32) {
  for (var size = 2u; size <= CAPACITY; size *= 2u) {
    for (var stride = size / 2u; stride > 0u; stride /= 2u) {
      let i = 2u * thread - (thread & (stride - 1u));
      let a = sh_candidates[i];
      let b = sh_candidates[i + stride];
      if (is_better(b, a) == ((i & size) == 0u)) {
        sh_candidates[i] = b;
        sh_candidates[i + stride] = a;
      }
      workgroupBarrier();
    }
  }
}

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = group.y * n_groups.x + group.x;
  let user = at / search.n_slices;
  if (user >= search.n_users) {
    return;
  }
  let slice_length = (search.n_items + search.n_slices - 1u) / search.n_slices;
  let first = at % search.n_slices * slice_length;
  let end = min(first + slice_length, search.n_items);
  for (var chunk = thread; chunk < N_CHUNKS; chunk += WG_SIZE) {
    sh_user[chunk] = users[user * N_CHUNKS + chunk];
  }
  sh_candidates[thread] = Candidate(0.0, NONE);
  sh_candidates[thread + WG_SIZE] = Candidate(0.0, NONE);
  workgroupBarrier();

  var threshold = Candidate(0.0, NONE);
  for (var tile = first; tile < end; tile += WG_SIZE) {
    let item = tile + thread;
    if (item < end) {
      var score = 0.0;
      for (var chunk = 0u; chunk < N_CHUNKS; chunk++) {
        score += dot(sh_user[chunk], items[item * N_CHUNKS + chunk]);
      }
      let candidate = Candidate(score, search.first_item + item);
      if (is_better(candidate, threshold) && !is_excluded(user, candidate.item)) {
        sh_candidates[atomicAdd(&sh_n_candidates, 1u)] = candidate;
      }
    }
    workgroupBarrier();
    if (thread == 0u) {
      sh_n = atomicLoad(&sh_n_candidates);
    }
    let n = workgroupUniformLoad(&sh_n);
    if (n + WG_SIZE > CAPACITY) {
      sort_candidates(thread);
      threshold = sh_candidates[search.k - 1u];
      workgroupBarrier();
      for (var i = thread; i < CAPACITY; i += WG_SIZE) {
        if (i >= search.k) {
          sh_candidates[i] = Candidate(0.0, NONE);
        }
      }
      if (thread == 0u) {
        atomicStore(&sh_n_candidates, search.k);
      }
      workgroupBarrier();
    }
  }
  sort_candidates(thread);
  for (var i = thread; i < search.k; i += WG_SIZE) {
    best[at * search.k + i] = sh_candidates[i];
  }
}
