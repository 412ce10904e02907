// SPDX-License-Identifier: MIT
#include <gradus/backend/xsimd.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("xsimd");

TEST_CASE("a batch is as wide as the flags allow") {
#if defined(__AVX512F__)
  constexpr std::size_t bytes = 64;
#elif defined(__AVX__)
  constexpr std::size_t bytes = 32;
#else
  constexpr std::size_t bytes = 16;
#endif
  CHECK(sizeof(xsimd::batch<float>) == bytes);
  CHECK(xsimd::batch<double>::size == bytes / sizeof(double));
}

TEST_SUITE_END();
