// SPDX-License-Identifier: MIT
#include <gradus/tensor/rows.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <tuple>
#include <vector>

using namespace gradus;
using support::same_bits;

namespace {

using Doubles = std::vector<double>;
using Numbers = std::vector<std::size_t>;

constexpr std::size_t height = 40, width = 7;

// The gradient for the whole table, zero except in these rows.
Doubles filled(const Numbers& rows, const Doubles& values, std::size_t wide = width) {
  Doubles all(height * wide);
  for (std::size_t k = 0; k < rows.size(); ++k)
    for (std::size_t i = 0; i < wide; ++i) all[rows[k] * wide + i] = values[k * wide + i];
  return all;
}

Numbers some_rows(std::uint64_t t) {
  Numbers rows;
  for (std::size_t row = t % 3; row < height; row += 3 + t) rows.push_back(row);
  return rows;
}

const Optimizer adam{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
const Optimizer clipped{ClipNorm{0.1}, Momentum{}, WeightDecay{0.01}, LearningRate{0.1}};

template <class Wrong>
void refused(const char* sentence, Wrong wrong) {
  CHECK_THROWS_WITH_AS(wrong(), doctest::Contains(sentence), Refused);
}

}  // namespace

TEST_SUITE_BEGIN("rows");

TEST_CASE_TEMPLATE("dense rows have the bits of the whole table, 0 elsewhere", Wide,
                   std::integral_constant<std::size_t, 1>, std::integral_constant<std::size_t, 7>,
                   std::integral_constant<std::size_t, 3000>) {
  constexpr std::size_t wide = Wide::value;
  const auto alike = [&](const auto& optimizer) {
    Doubles table = support::parameters<double>(height * wide), other = table;
    auto state = optimizer.init(table), of_other = optimizer.init(other);
    for (std::uint64_t t = 0; t < 4; ++t) {
      const Numbers rows = some_rows(t);
      const Doubles values = support::gradient<double>(rows.size() * wide, t);
      optimizer.ascend(table, dense_rows(table, rows, values), state);
      optimizer.ascend(other, filled(rows, values, wide), of_other);
    }
    CHECK(same_bits(table, other));
    CHECK(state == of_other);
  };
  alike(adam);
  alike(clipped);
}

TEST_CASE("lazy rows step like separate tables of these rows; other rows and their slots are unchanged") {
  // In the comparison run, every row is a leaf of its own, with a gradient whenever the row is touched.
  Doubles table = support::parameters<double>(height * width);
  std::vector<Doubles> leaves;
  for (std::size_t row = 0; row < height; ++row)
    leaves.emplace_back(table.begin() + static_cast<long>(row * width),
                        table.begin() + static_cast<long>((row + 1) * width));
  const Optimizer optimizer{Momentum{}, Adaptive{}, LearningRate{0.1}};
  auto state = optimizer.init(table);
  auto of_leaves = optimizer.init(leaves);
  for (std::uint64_t t = 0; t < 5; ++t) {
    const Numbers rows = some_rows(t);
    const Doubles values = support::gradient<double>(rows.size() * width, t);
    optimizer.descend(table, lazy_rows(table, rows, values), state);
    std::vector<std::optional<Doubles>> gradients(height);
    for (std::size_t k = 0; k < rows.size(); ++k)
      gradients[rows[k]] =
          Doubles(values.begin() + static_cast<long>(k * width), values.begin() + static_cast<long>((k + 1) * width));
    optimizer.descend(leaves, gradients, of_leaves);
  }
  for (std::size_t row = 0; row < height; ++row) {
    CHECK(same_bits(std::span(table).subspan(row * width, width), leaves[row]));
    CHECK(same_bits(state.slot<double>("velocity").subspan(row * width, width),
                    of_leaves.slot<double>("velocity", "[" + std::to_string(row) + "]")));
  }
  CHECK(state.step() == 5);
}

TEST_CASE("norms, guards and reports see only the touched rows") {
  Doubles table(height * width, 1);
  const Numbers rows{2, 30};
  Doubles values(2 * width, 3);
  auto state = clipped.init(table);
  double norm = 0;
  clipped.descend(table, lazy_rows(table, rows, values), state, [&](const Report& r) { norm = r.gradient_norm; });
  CHECK(norm == doctest::Approx(3 * std::sqrt(14.0)));
  CHECK(table[3 * width] == 1);
  values[width + 2] = std::nan("");
  const Optimizer guarded{RefuseNonFinite{}};
  auto of_guarded = guarded.init(table);
  refused("is nan at element 212", [&] { guarded.descend(table, lazy_rows(table, rows, values), of_guarded); });
}

TEST_CASE("tables of xtensor, in a set, bound, driven") {
  xt::xtensor<float, 2> table = xt::ones<float>({height, width});
  const Numbers rows{1, 5};
  const std::vector<float> values(2 * width, 1);
  const Optimizer optimizer{LearningRate{0.5}};
  {
    auto theta = std::tie(table);
    auto state = optimizer.init(theta);
    optimizer.descend(theta, std::tuple(lazy_rows(table, rows, values)), state);
    CHECK(table(1, 0) == 0.5f);
    CHECK(table(2, 0) == 1);
  }
  auto state = optimizer.init(table);
  auto steps = optimizer.bind(table, lazy_rows(table, rows, values), state);
  steps.descend(), steps.descend();
  CHECK(table(5, 6) == -0.5f);
  const auto value = [](const auto& at) { return static_cast<double>(at(1, 0)); };
  const auto gradient = [&](const auto& at) { return lazy_rows(at, rows, values); };
  const auto end = minimize(objective(value, gradient), table, optimizer, {.steps = 2});
  CHECK(end.gradient_norm == doctest::Approx(std::sqrt(14.0)));
  CHECK(table(1, 0) == -1.5f);
  CHECK(table(0, 0) == 1);
}

TEST_CASE("without rows, lazy steps move only the clock, and dense ones what moments keep") {
  Doubles table(height * width, 1);
  auto state = adam.init(table);
  adam.descend(table, Doubles(height * width, 1), state);
  const Doubles before = table;
  adam.descend(table, lazy_rows(table, Numbers{}, Doubles{}), state);
  CHECK(table == before);
  CHECK(state.step() == 2);
  adam.descend(table, dense_rows(table, Numbers{}, Doubles{}), state);
  CHECK(table != before);
}

TEST_CASE("a column-major table accepts dense rows") {
  using Columns = xt::xtensor<double, 3, xt::layout_type::column_major>;
  Columns table = xt::zeros<double>({4, 2, 3}), other = table;
  const Numbers rows{1, 3};
  Doubles values(12);
  for (std::size_t i = 0; i < 12; ++i) values[i] = static_cast<double>(i + 1);
  Columns whole = xt::zeros<double>({4, 2, 3});
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t i = 0; i < 6; ++i) whole(rows[k], i / 3, i % 3) = values[k * 6 + i];
  const Optimizer optimizer{ClipNorm{1}, LearningRate{0.5}};
  auto state = optimizer.init(table), of_other = optimizer.init(other);
  optimizer.ascend(table, dense_rows(table, rows, values), state);
  optimizer.ascend(other, whole, of_other);
  CHECK(table == other);
  refused("are no block of memory in rows", [&] { return lazy_rows(table, rows, table); });
}

TEST_CASE_TEMPLATE("rows of a column-major table step like those of a row-major one", T, float, double,
                   std::complex<double>) {
  using Own = xt::xtensor<T, 3>;
  using Columns = xt::xtensor<T, 3, xt::layout_type::column_major>;
  const std::array<std::size_t, 3> shape{height, 3, 2};
  const auto numbers = [](std::size_t size, std::uint64_t seed) {
    std::vector<T> all;
    for (const double x : support::gradient<double>(size, seed)) all.push_back(static_cast<T>(x));
    return all;
  };
  Own in_rows(shape);
  const auto start = numbers(in_rows.size(), 1);
  std::copy(start.begin(), start.end(), in_rows.begin());
  Columns in_columns = in_rows;
  const Optimizer optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{0.1}};
  auto of_rows = optimizer.init(in_rows), of_columns = optimizer.init(in_columns), walked = of_columns;
  Columns others = in_columns;
  for (std::uint64_t t = 0; t < 4; ++t) {
    Numbers rows = some_rows(t);
    if (t == 2) rows = {4, 5, 6, 7, 20, 38, 39};
    const auto values = numbers(rows.size() * 6, t + 2);
    optimizer.ascend(in_rows, lazy_rows(in_rows, rows, values), of_rows);
    optimizer.ascend(in_columns, lazy_rows(in_columns, rows, values), of_columns);
    optimizer.ascend(others, lazy_rows(others, rows, values), walked, backend::Xtensor{});
  }
  CHECK(Own(in_columns) == in_rows);
  CHECK(others == in_columns);
  CHECK(walked == of_columns);
  CHECK(in_rows(0, 0, 0) != start[0]);
}

TEST_CASE("the norm of rows of a column-major table is that of these rows") {
  xt::xtensor<double, 2, xt::layout_type::column_major> table = xt::zeros<double>({5, 2});
  const Optimizer optimizer{ClipNorm{1}};
  auto state = optimizer.init(table);
  optimizer.ascend(table, lazy_rows(table, Numbers{1, 2}, Doubles{1, 3, 5, 1}), state);
  CHECK(table(2, 0) == doctest::Approx(5.0 / 6));
  CHECK(table(1, 1) == doctest::Approx(3.0 / 6));
  CHECK(table(0, 0) == 0);
}

TEST_CASE("values that overlap the table are refused, as are lazy rows for Accumulate") {
  Doubles table(height * width + 4 * width, 1);
  const std::span<double> mine = std::span(table).first(height * width);
  const Numbers two{1, 2}, more{1, 2, 3};
  const Optimizer optimizer{LearningRate{0.5}};
  auto state = optimizer.init(mine);
  const auto values_at = [&](std::size_t first, std::size_t count) {
    return std::span(table).subspan(first, count * width);
  };
  refused("overlaps the memory", [&] { optimizer.ascend(mine, lazy_rows(mine, two, values_at(0, 2)), state); });
  const Doubles apart(2 * width, 1);
  optimizer.ascend(mine, lazy_rows(mine, two, apart), state);
  const std::span<const double> behind = values_at(height * width, 2), across(behind.data() - width, 3 * width);
  optimizer.ascend(mine, lazy_rows(mine, two, behind), state);
  refused("overlaps the memory", [&] { optimizer.ascend(mine, lazy_rows(mine, more, across), state); });

  const Optimizer gathering{Accumulate{2}};
  auto of_gathering = gathering.init(mine);
  refused("takes whole leaves", [&] { gathering.ascend(mine, lazy_rows(mine, two, apart), of_gathering); });
}

TEST_CASE("rows with values of another type are converted") {
  std::vector<double> table(6), same(6);
  const std::vector<double> values{1, 2, 3, 4};
  const Optimizer optimizer{Momentum{}, LearningRate{1}};
  auto state = optimizer.init(table), other = optimizer.init(same);
  optimizer.ascend(table, lazy_rows(table, std::vector<std::size_t>{0, 2}, values), state);
  optimizer.ascend(same, lazy_rows(same, std::array<short, 2>{0, 2}, values), other);
  CHECK(table == std::vector<double>{1, 2, 0, 0, 3, 4});
  CHECK(same == table);
  CHECK_THROWS_WITH_AS(lazy_rows(same, std::vector<int>{-1, 2}, values), doctest::Contains("is not in the table"),
                       Refused);
}

TEST_CASE("rows work with slots and gradients stored in another type") {
  Doubles table(height * width, 1);
  const Numbers rows{2, 39};
  const std::vector<float> values(2 * width, 3);
  const Optimizer optimizer{Momentum{0.5}};
  auto state = optimizer.init(table, Storage<void, float>{});
  for (int t = 0; t < 2; ++t) optimizer.ascend(table, lazy_rows(table, rows, values), state);
  CHECK(table[39 * width] == 1 + 3 + 4.5);
  CHECK(table[38 * width] == 1);
}

TEST_CASE("a policy with sums over whole leaves accepts dense rows only") {
  Doubles table(height * width, 1);
  const Numbers rows{2};
  const Doubles values(width, 3);
  const Optimizer optimizer{LearningRate{0.1}, Sphere{1}};
  auto state = optimizer.init(table);
  refused("parameter has a gradient of some rows alone, and a policy of this composition takes whole leaves",
          [&] { optimizer.ascend(table, lazy_rows(table, rows, values), state); });
  refused("give dense_rows", [&] { optimizer.begin_ascent(table, state).leaf(0, lazy_rows(table, rows, values)); });
  optimizer.ascend(table, dense_rows(table, rows, values), state);
  CHECK(table[0] == doctest::Approx(1 / std::sqrt(273 + 7 * 1.3 * 1.3)));
}

TEST_CASE("rows that do not fit the table are refused") {
  const Doubles table(height * width), two(2 * width);
  refused("row 40 is not in the table, which has 40", [&] { lazy_rows(table, Numbers{1, 40}, two); });
  refused("row 3 stands behind row 3; give every row once", [&] { lazy_rows(table, Numbers{3, 3}, two); });
  refused("row 2 stands behind row 3", [&] { dense_rows(table, Numbers{3, 2}, two); });
  refused("15 values of 2 rows of a table of 280 elements", [&] { lazy_rows(table, Numbers{1, 2}, Doubles(15)); });
  refused("14 values of 0 rows", [&] { lazy_rows(table, Numbers{}, two); });
  const xt::xtensor<double, 2> square = xt::zeros<double>({4, 6});
  refused("the values have rows of 3 elements, the table has 4 rows of 6",
          [&] { lazy_rows(square, Numbers{0}, Doubles(3)); });
}

TEST_CASE("no rows of a table cost nothing, and those of a frozen one do not matter") {
  std::tuple theta{Doubles(height * width, 1), Doubles(4, 1)};
  const Doubles none, two(2 * width, 1);
  {
    const Optimizer optimizer{LearningRate{0.5}};
    auto state = optimizer.init(theta);
    optimizer.descend(theta, std::make_tuple(lazy_rows(std::get<0>(theta), Numbers{}, none), Doubles(4, 1)), state);
    CHECK(gradus::detail::kept(state).scratch.gradients.empty());
    CHECK(std::get<0>(theta) == Doubles(height * width, 1));
    CHECK(std::get<1>(theta) == Doubles(4, 0.5));
  }
  const Optimizer optimizer{Freeze{Named{"[0]"}}, Normalize{}, LearningRate{1}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, std::make_tuple(lazy_rows(std::get<0>(theta), Numbers{1, 2}, two), Doubles(4, 1)), state);
  CHECK(std::get<0>(theta) == Doubles(height * width, 1));
  CHECK(std::get<1>(theta)[3] == doctest::Approx(0.5 - 1 / (2 + Normalize{}.epsilon)).epsilon(1e-12));
}

TEST_SUITE_END();
