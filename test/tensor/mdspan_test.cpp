// SPDX-License-Identifier: MIT
#include <gradus/tensor/mdspan.hpp>

#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

#if __has_include(<mdspan/mdspan.hpp>)
#include <mdspan/mdspan.hpp>
#define GRADUS_TEST_MDSPAN Kokkos
#elif __has_include(<mdspan>) && __cplusplus > 202002L
#include <mdspan>
#endif
#if defined(__cpp_lib_mdspan) && !defined(GRADUS_TEST_MDSPAN)
#define GRADUS_TEST_MDSPAN std
#endif

using namespace gradus;
using support::TensorLaws;

namespace {

// The part of the standard's interface that the trait needs, for libraries that lack mdspan.
template <class T>
struct PlainAccess {
  using reference = T&;
};

template <class T, std::size_t Rank, bool Strides = true, class Accessor = PlainAccess<T>>
class Span {
 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using layout_type = void;
  using accessor_type = Accessor;
  using data_handle_type = T*;
  using reference = typename Accessor::reference;

  Span(T* data, std::array<std::size_t, Rank> extents, std::array<std::size_t, Rank> strides)
      : data_(data), extents_(extents), strides_(strides) {}

  static constexpr std::size_t rank() { return Rank; }
  static constexpr bool is_always_strided() { return Strides; }
  std::size_t extent(std::size_t r) const { return extents_[r]; }
  std::size_t stride(std::size_t r) const { return strides_[r]; }
  T* const& data_handle() const { return data_; }
  int mapping() const { return 0; }

  template <class... I>
  T& operator()(I... i) const {
    std::size_t offset = 0, r = 0;
    ((offset += static_cast<std::size_t>(i) * strides_[r++]), ...);
    return data_[offset];
  }

 private:
  T* data_;
  std::array<std::size_t, Rank> extents_, strides_;
};

struct AtomicReference {};
struct AtomicAccess {
  using reference = AtomicReference;
};

static_assert(WritableTensor<Span<float, 2>> && !read_only<const Span<float, 2>>());
static_assert(read_only<Span<const float, 2>>());
static_assert(!Tensor<Span<float, 2, false>>, "a layout without strides");
static_assert(!Tensor<Span<float, 2, true, AtomicAccess>>, "elements that are not memory");

const auto element = [](auto& x, auto... at) -> auto& { return x(at...); };

}  // namespace

TEST_SUITE_BEGIN("mdspan");

TEST_CASE_TEMPLATE("every layout with strides obeys the laws", T, float, double, long double, std::complex<double>) {
  std::vector<T> memory(8000);
  const TensorLaws<T, 2> laws({41, 33});
  laws.hold(Span<T, 2>(memory.data(), {41, 33}, {33, 1}), element);
  laws.hold(Span<T, 2>(memory.data(), {41, 33}, {1, 41}), element);
  laws.hold(Span<T, 2>(memory.data() + 7, {41, 33}, {100, 3}), element);
  TensorLaws<T, 3>({3, 5, 7}).hold(Span<T, 3>(memory.data(), {3, 5, 7}, {35, 7, 1}), element);
  TensorLaws<T, 1>({0}).hold(Span<T, 1>(nullptr, {0}, {1}), element);
  TensorLaws<T, 1>({1}).hold(Span<T, 1>(memory.data(), {1}, {1}), element);
}

TEST_CASE("a const mdspan can be written through, and the rest of the memory is untouched") {
  std::vector<double> memory(12, 1);
  const Span<double, 2> corner(memory.data(), {2, 2}, {4, 1});
  const Optimizer<> plain;
  auto state = plain.init(corner);
  plain.ascend(corner, Span<const double, 2>(std::vector<double>{1, 2, 3, 4}.data(), {2, 2}, {2, 1}), state);
  CHECK(memory == std::vector<double>{2, 3, 1, 1, 4, 5, 1, 1, 1, 1, 1, 1});
}

#if defined(GRADUS_TEST_MDSPAN)
TEST_CASE_TEMPLATE("mdspan of the standard library, or of Kokkos, obeys the laws", T, float, double, long double,
                   std::complex<double>) {
  using namespace GRADUS_TEST_MDSPAN;
  static_assert(read_only<mdspan<const T, dextents<int, 1>>>() && !read_only<const mdspan<T, dextents<int, 1>>>());
  std::vector<T> memory(8000);
  const auto at = [](auto& x, auto... i) -> auto& { return x[std::array{i...}]; };
  const TensorLaws<T, 2> laws({41, 33});
  laws.hold(mdspan(memory.data(), 41, 33), at);
  laws.hold(mdspan<T, extents<int, 41, 33>>(memory.data()), at);
  laws.hold(mdspan<T, dextents<int, 2>, layout_left>(memory.data(), 41, 33), at);
  const layout_stride::mapping strides(dextents<std::size_t, 2>(41, 33), std::array<std::size_t, 2>{100, 3});
  laws.hold(mdspan(memory.data() + 7, strides), at);
  TensorLaws<T, 1>({0}).hold(mdspan<T, dextents<int, 1>>(memory.data(), 0), at);
}
#endif

TEST_SUITE_END();
