// SPDX-License-Identifier: MIT
#include <gradus/parameters/shape.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <vector>

using namespace gradus;

TEST_SUITE_BEGIN("shape");

TEST_CASE("extents are written as text and compared, whatever container holds them") {
  CHECK(detail::shape_text(std::vector<std::size_t>{}) == "()");
  CHECK(detail::shape_text(std::array<std::size_t, 2>{2, 3}) == "(2, 3)");
  CHECK(detail::equal_shapes(std::vector<std::size_t>{2, 3}, std::array<int, 2>{2, 3}));
  CHECK_FALSE(detail::equal_shapes(std::vector<std::size_t>{2, 3}, std::vector<std::size_t>{3, 2}));
  CHECK_FALSE(detail::equal_shapes(std::vector<std::size_t>{6}, std::vector<std::size_t>{2, 3}));
}

TEST_CASE("a gradient of another shape is refused with both") {
  const std::vector<double> x(3);
  CHECK_NOTHROW(detail::check_shape(detail::Path{}, x, std::array<double, 3>{}));
  CHECK_THROWS_WITH_AS(detail::check_shape(detail::Path{}, x, std::array<double, 2>{}),
                       "gradus: parameter has shape (3), its gradient (2); give a gradient of the parameter's shape",
                       Refused);
}

TEST_SUITE_END();
