// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/backend/simd.hpp>
#include <gradus/core/norm_tree.hpp>

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include <algorithm>
#include <cstddef>

#if defined(__SANITIZE_THREAD__)
#define GRADUS_SANITIZES_THREADS
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GRADUS_SANITIZES_THREADS
#endif
#endif
#ifdef GRADUS_SANITIZES_THREADS
#include <sanitizer/tsan_interface.h>
#endif

namespace gradus::backend::inline GRADUS_FLAGS {

using namespace detail;

// What a thread wrote before `hand_over`, another sees after `take_over`: oneTBB ensures this, but tells no sanitizer.
#ifdef GRADUS_SANITIZES_THREADS
inline char handover;
inline void hand_over() { __tsan_release(&handover); }
inline void take_over() { __tsan_acquire(&handover); }
#else
inline void hand_over() {}
inline void take_over() {}
#endif

/// `Simd` on the threads of oneTBB: an array of `From` or more elements is stepped and measured in blocks, by as many
/// threads as the calling thread's arena has; a shorter one on the calling thread. A block's elements and sums depend
/// on no other, and sums of blocks are added in the order of `NormTree`, so the bits are those of one thread.
///
///     gradus::Optimizer optimizer{gradus::recipe::adam(), gradus::backend::Tbb{}};   // or behind a step's state
///
/// A program that includes this links `tbb`.
template <std::size_t From>
struct TbbFrom : Simd {
  static constexpr const char* name = "tbb";

  template <class Chain, class T, class Stored>
  static void run(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size, const T* scalar, bool down = false,
                  std::size_t first = 0) {
    if (Chain::sums || size - first < From) Simd::run<Chain>(at, size, scalar, down, first);
    else
      with_copies<Chain>(at, scalar, [&](const auto& there, const T* constant) {
        run_blocks<Chain>(there, size, constant, down, first);
      });
  }

  /// Calls f(0) to f(count - 1), each for a block, on any thread.
  template <class F>
  static void each_block(std::size_t count, F f) {
    if (count < From / norm_block) return Simd::each_block(count, f);
    const auto block = [&](std::size_t k) { take_over(), f(k), hand_over(); };
    hand_over();
    // In equal shares, the same in every step, so that a thread finds its own in its cache.
    tbb::parallel_for(std::size_t{0}, count, block, tbb::static_partitioner{});
    take_over();
  }

  template <class T>
  static BitsOf<T> largest(const T* x, std::size_t size) {
    BitsOf<T> most = 0;
    for (std::size_t first = 0; first < size; first += blocks_at_once * norm_block) {
      const std::size_t end = std::min(first + blocks_at_once * norm_block, size);
      BitsOf<T> of_block[blocks_at_once];
      const std::size_t count = blocks_of(end - first);
      each_block(count, [&](std::size_t k) {
        const std::size_t begin = first + k * norm_block;
        of_block[k] = Simd::largest(x + begin, std::min(norm_block, end - begin));
      });
      most = std::max(most, *std::max_element(of_block, of_block + count));
    }
    return most;
  }

 private:
  static constexpr std::size_t blocks_of(std::size_t size) { return (size + norm_block - 1) / norm_block; }

  template <class Chain, class T, class Stored>
  [[gnu::noinline]] static void run_blocks(const Streams<T, Stored, Chain::slot_count>& at, std::size_t size,
                                           const T* scalar, bool down, std::size_t first) {
    each_block(blocks_of(size - first), [=, &at](std::size_t k) {
      const std::size_t begin = first + k * norm_block;
      Simd::run<Chain>(at, std::min(begin + norm_block, size), scalar, down, begin);
    });
  }
};

/// From the size at which a second thread pays off for momentum SGD, which of all waits longest for memory.
using Tbb = TbbFrom<std::size_t{1} << 17>;

}  // namespace gradus::backend::inline GRADUS_FLAGS
