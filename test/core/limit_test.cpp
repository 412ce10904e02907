// SPDX-License-Identifier: MIT
#include <gradus/core/limit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using gradus::Limit;
using gradus::Limits;
using gradus::Range;

namespace {

constexpr double boundless = std::numeric_limits<double>::infinity();
constexpr double nan_of_limits = std::numeric_limits<double>::quiet_NaN();
constexpr double below_one = 1 - std::numeric_limits<double>::epsilon() / 2;

template <Range range>
struct Tuned {
  double number = 0.5;
  static constexpr auto limits = Limits{Limit{"number", &Tuned::number, range}};
};

struct Counted {
  std::int64_t count = 3;
  static constexpr auto limits = Limits{Limit{"count", &Counted::count, Range::from_one}};
};

struct Two {
  double first = 1, second = 1;
  static constexpr auto limits =
      Limits{Limit{"first", &Two::first, Range::positive}, Limit{"second", &Two::second, Range::positive}};
};

struct Below {
  double low = 0, high = 1;
  static constexpr auto limits = Limits{gradus::AtMost{"low", &Below::low, "high", &Below::high}};
};

struct Free {};

// Which of these numbers a range accepts.
constexpr double palette[]{-boundless, -1, -0.0, 0, 5e-324, 0.5, below_one, 1, 2, 1e308, boundless, nan_of_limits};

template <Range range>
std::vector<double> taken() {
  std::vector<double> all;
  for (const double x : palette)
    if (gradus::within_limits<double>(Tuned<range>{x})) all.push_back(x);
  return all;
}

using List = std::vector<double>;

}  // namespace

TEST_SUITE_BEGIN("limit");

TEST_CASE("what the element type rounds to infinity is refused where infinity is") {
  using Rate = Tuned<Range::not_negative>;
  CHECK(gradus::within_limits<float>(Rate{3.4e38}));
  CHECK(gradus::within_limits<float>(Rate{3.4028235e38}));          // as the refusal says
  CHECK_FALSE(gradus::within_limits<float>(Rate{0x1.ffffffp127}));  // a tie, which is rounded to infinity
  CHECK(gradus::within_limits<double>(Rate{3.5e38}));
  CHECK(gradus::within_limits<long double>(Rate{1e308}));
  CHECK_FALSE(gradus::within_limits<float>(Tuned<Range::positive>{1e39}));
  CHECK_FALSE(gradus::within_limits<float>(Tuned<Range::epsilon>{1e39}));
  CHECK_FALSE(gradus::within_limits<float>(Tuned<Range::above_four>{1e39}));
  CHECK(gradus::within_limits<float>(Tuned<Range::from_zero>{1e39}));
  CHECK_THROWS_WITH_AS(gradus::check_limits<float>(Rate{1e39}),
                       doctest::Contains("number is 1e+39, which is infinite in float: give at most 3.4028235e+38"),
                       gradus::Refused);
}

TEST_CASE("each range accepts exactly its numbers, and never NaN") {
  CHECK(taken<Range::positive>() == List{5e-324, 0.5, below_one, 1, 2, 1e308});
  CHECK(taken<Range::not_negative>() == List{-0.0, 0, 5e-324, 0.5, below_one, 1, 2, 1e308});
  CHECK(taken<Range::unit>() == List{-0.0, 0, 5e-324, 0.5, below_one});
  CHECK(taken<Range::closed_unit>() == List{-0.0, 0, 5e-324, 0.5, below_one, 1});
  CHECK(taken<Range::above_zero>() == List{5e-324, 0.5, below_one, 1, 2, 1e308, boundless});
  CHECK(taken<Range::from_zero>() == List{-0.0, 0, 5e-324, 0.5, below_one, 1, 2, 1e308, boundless});
  CHECK(taken<Range::from_one>() == List{1, 2, 1e308, boundless});
  CHECK(taken<Range::above_four>() == List{1e308});
  CHECK(taken<Range::number>() == List{-boundless, -1, -0.0, 0, 5e-324, 0.5, below_one, 1, 2, 1e308, boundless});
  CHECK(taken<Range::epsilon>() == List{-0.0, 0, 5e-324, 0.5, below_one, 1, 2, 1e308});
}

TEST_CASE("the ends of a range are exact") {
  constexpr double most = std::numeric_limits<double>::max();
  const auto in = []<Range range>(Tuned<range> policy) { return gradus::within_limits<double>(policy); };
  CHECK_FALSE(in(Tuned<Range::above_four>{4}));
  CHECK(in(Tuned<Range::above_four>{std::nextafter(4.0, 5.0)}));
  CHECK(in(Tuned<Range::above_four>{most}));
  CHECK(in(Tuned<Range::positive>{most}));
  CHECK(in(Tuned<Range::not_negative>{most}));
  CHECK(in(Tuned<Range::epsilon>{most}));
  CHECK_FALSE(gradus::within_limits<float>(Tuned<Range::epsilon>{0x1p-150}));  // a tie, which is rounded to 0
  CHECK(gradus::within_limits<float>(Tuned<Range::epsilon>{std::nextafter(0x1p-150, 1.0)}));
}

TEST_CASE("a number may be as large as the one that it must not exceed") {
  CHECK(gradus::within_limits<double>(Below{1, 2}));
  CHECK(gradus::within_limits<double>(Below{2, 2}));
  CHECK_FALSE(gradus::within_limits<double>(Below{3, 2}));
}

TEST_CASE("within_limits agrees with check_limits") {
  for (const double x : palette) {
    const auto same = [&]<Range range>(Tuned<range> policy) {
      if (gradus::within_limits<float>(policy)) CHECK_NOTHROW(gradus::check_limits<float>(policy));
      else CHECK_THROWS_AS(gradus::check_limits<float>(policy), gradus::Refused);
    };
    same(Tuned<Range::positive>{x}), same(Tuned<Range::not_negative>{x}), same(Tuned<Range::unit>{x});
    same(Tuned<Range::closed_unit>{x}), same(Tuned<Range::above_zero>{x}), same(Tuned<Range::from_one>{x});
    same(Tuned<Range::epsilon>{x});
  }
}

TEST_CASE("an epsilon must not vanish in the type that uses it") {
  const Tuned<Range::epsilon> tiny{1e-60};
  CHECK(gradus::within_limits<double>(tiny));
  CHECK_FALSE(gradus::within_limits<float>(tiny));
  CHECK_NOTHROW(gradus::check_limits<double>(tiny));
  CHECK_THROWS_WITH(gradus::check_limits<float>(tiny),
                    doctest::Contains("is 1e-60, which is 0 in float: give at least"));
  CHECK(gradus::within_limits<float>(Tuned<Range::epsilon>{0}));
  CHECK(gradus::within_limits<float>(Tuned<Range::epsilon>{1e-40}));
}

TEST_CASE("a refusal names policy, member, value and remedy") {
  CHECK_THROWS_WITH(gradus::check_limits<double>(Two{1, -2}), doctest::Contains("Two.second is -2: give a finite"));
  CHECK_THROWS_WITH(gradus::check_limits<double>(Two{nan_of_limits, -2}), doctest::Contains("Two.first is nan: "));
  CHECK_THROWS_WITH(gradus::check_limits<double>(Counted{0}), doctest::Contains("Counted.count is 0: "));
  CHECK_NOTHROW(gradus::check_limits<double>(Counted{1}));
}

TEST_CASE("a policy without limits is always within them") {
  CHECK(gradus::within_limits<float>(Free{}));
  CHECK_NOTHROW(gradus::check_limits<float>(Free{}));
}

TEST_SUITE_END();
