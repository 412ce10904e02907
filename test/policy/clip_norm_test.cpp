// SPDX-License-Identifier: MIT
#include <gradus/policy/clip_norm.hpp>

#include "support/bits.hpp"
#include "support/constant_step.hpp"
#include "support/random.hpp"
#include "support/refusals.hpp"

#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace gradus;
using support::constant_step;
using support::Element;
using support::infinity;
using support::not_a_number;
using support::Pack;

static_assert(constant_step(Pack{ClipNorm{2}}, Element<0>{1}, 8, 1, 4) == Element<0>{5});
static_assert(constant_step(Pack{ClipNorm{2}}, Element<0>{1}, 8, 1, 2) == Element<0>{9});
static_assert(constant_step(Pack{ClipNorm{2, 2, 4}}, Element<0>{1}, 8, 1, 4) == Element<0>{3});
static_assert(constant_step(Pack{ClipNorm{2}}, Element<0>{1}, 0, 1, 0) == Element<0>{1});

namespace {

template <class T>
std::vector<T> update(const ClipNorm& policy, const std::vector<T>& gradient) {
  std::vector<T> theta(gradient.size());
  Optimizer optimizer{policy};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  return theta;
}

// The norm in units of the largest magnitude, so that nothing overflows or underflows.
template <class T>
long double norm(const std::vector<T>& x, double order) {
  long double most = 0, sum = 0;
  for (const T element : x) most = std::max(most, std::abs(static_cast<long double>(element)));
  if (most == 0 || order == infinity) return most;
  for (const T element : x) sum += std::pow(std::abs(static_cast<long double>(element)) / most, order);
  return most * std::pow(sum, 1 / static_cast<long double>(order));
}

// Checks that every element is `limit / norm` times its old value, up to a few roundings.
template <class T>
void scaled(const std::vector<T>& x, double limit, double order) {
  const long double factor = limit / norm(x, order);
  REQUIRE(factor < 1);
  const auto y = update(ClipNorm{limit, order}, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    INFO("order ", order, ", element ", x[i], " became ", y[i]);
    const long double want = x[i] * factor;
    CHECK(std::abs(y[i] - want) <= 4 * std::numeric_limits<T>::epsilon() * std::abs(want));
  }
}

constexpr double orders[]{1, 1.5, 2, 3, infinity};

}  // namespace

TEST_SUITE_BEGIN("clip norm");

TEST_CASE("the defaults are the Euclidean norm, limited to 1") {
  CHECK(update(ClipNorm{}, std::vector<double>{3, 4})[1] == doctest::Approx(0.8));
  CHECK(ClipNorm{}.epsilon == 0);
}

TEST_CASE("norms by hand") {
  const std::vector<double> x{2, -4, 4};
  CHECK(update(ClipNorm{3, 2}, x) == std::vector<double>{1, -2, 2});         // 6
  CHECK(update(ClipNorm{5, 1}, x) == std::vector<double>{1, -2, 2});         // 10
  CHECK(update(ClipNorm{2, infinity}, x) == std::vector<double>{1, -2, 2});  // 4
  CHECK(update(ClipNorm{6, 2, 6}, x) == std::vector<double>{1, -2, 2});      // 6 + 6
}

TEST_CASE_TEMPLATE("norms of every order match a reference on ordinary numbers", T, float, double) {
  for (const double order : orders)
    for (const std::size_t size : support::Sizes{1, 3, 37, 5000}) {
      auto x = support::gradient<T>(size, size);
      x[0] = 3;
      scaled(x, 0.7, order);
    }
}

TEST_CASE("no finite gradient overflows or vanishes") {
  for (const double order : orders) {
    scaled<float>({3e38f, -3e38f, 1e38f, 1}, 1, order);
    scaled<float>({3e38f, -3e38f, 1e38f}, 1e-8, order);
    scaled<float>({3e38f, -3e38f, 1e38f}, 1e-37, order);
    scaled<float>({1e-30f, -3e-30f, 1e-30f}, 1e-30, order);
    scaled<double>({1e300, -1e300, 3e299, 1}, 1, order);
    scaled<double>({1.7e308, 1.7e308, 1.7e308}, 100, order);
    scaled<double>({1.7e308, -1e308, 1e307}, 1e-300, order);
    scaled<double>({1e100, -1e100, 3e99}, 1e-150, order);
    scaled<double>({1e-300, -3e-300, 1e-301}, 1e-300, order);
    scaled<double>({1e-160, -3e-160}, 1e-160, order);
    for (const double element : update(ClipNorm{1e-6, order}, std::vector<double>(1000, 1e305)))
      CHECK(1e6 * element == doctest::Approx(1 / static_cast<double>(norm(std::vector<double>(1000, 1), order))));
  }
}

TEST_CASE_TEMPLATE("below the limit not a bit changes", T, float, double) {
  const auto x = support::gradient<T>(3001);
  for (const double order : orders) {
    const auto length = static_cast<double>(norm(x, order));
    CHECK(update(ClipNorm{length * 1.0001, order}, x) == x);
    CHECK(update(ClipNorm{length * 0.9999, order}, x) != x);
  }
  const std::vector<T> tiny(5, std::numeric_limits<T>::denorm_min());
  for (const double order : orders)
    for (const double epsilon : {0.0, 1e-6}) CHECK(update(ClipNorm{1, order, epsilon}, tiny) == tiny);
}

TEST_CASE("a zero gradient stays zero") {
  for (const double order : orders) {
    CHECK(update(ClipNorm{1, order}, std::vector<double>(3)) == std::vector<double>(3));
    CHECK(update(ClipNorm{1, order, 0.5}, std::vector<float>(3)) == std::vector<float>(3));
  }
  CHECK(update(ClipNorm{}, std::vector<double>{}).empty());
}

TEST_CASE("an infinite limit changes nothing, whatever the gradient") {
  const std::vector<double> x{1e300, infinity, 5e-324, -infinity};
  for (const double order : orders) CHECK(support::same_bits(update(ClipNorm{infinity, order}, x), x));
}

TEST_CASE("NaN propagates; an infinite element turns the others to 0 and itself to NaN") {
  for (const double order : orders) {
    for (const double element : update(ClipNorm{1, order}, std::vector<double>{1, not_a_number, 2}))
      CHECK(std::isnan(element));
    const auto y = update(ClipNorm{1, order}, std::vector<double>{1, infinity, 2});
    CHECK(y[0] == 0);
    CHECK(std::isnan(y[1]));
    CHECK(y[2] == 0);
  }
}

TEST_CASE("the norm is taken over all leaves") {
  std::tuple<std::vector<double>, double> theta{{0, 0}, 0};
  const std::tuple<std::vector<double>, double> gradient{{2, -4}, 4};
  Optimizer optimizer{ClipNorm{3}};
  auto state = optimizer.init(theta);
  optimizer.descend(theta, gradient, state);
  CHECK(std::get<0>(theta) == std::vector<double>{-1, 2});
  CHECK(std::get<1>(theta) == -2);
}

TEST_CASE("behind momentum it limits the update, not the velocity") {
  std::vector<double> theta(2);
  Optimizer optimizer{Momentum{0.5}, ClipNorm{5}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{3, 4}, state);
  CHECK(theta == std::vector<double>{3, 4});
  optimizer.ascend(theta, std::vector<double>{4.5, 6}, state);  // v is 6, 8
  CHECK(theta == std::vector<double>{6, 8});
  CHECK(state.slot<double>("velocity")[1] == 8);
}

TEST_CASE("a second clip limits the result of the first") {
  std::vector<double> theta(2);
  Optimizer optimizer{ClipNorm{5}, ClipNorm{2, infinity}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{6, 8}, state);
  CHECK(theta == std::vector<double>{1.5, 2});
}

TEST_CASE("norm > 0, order >= 1, epsilon finite and at least 0") {
  support::ranges(&ClipNorm::norm, "ClipNorm.norm", {5e-324, 1, infinity}, {0, -1, not_a_number});
  support::ranges(&ClipNorm::order, "ClipNorm.order", {1, 1.5, 2, 1000, infinity},
                  {0, 0.99, -2, not_a_number, -infinity});
  support::ranges(&ClipNorm::epsilon, "ClipNorm.epsilon", {0, 1e-6, 1}, {-1e-6, not_a_number, infinity});
}

TEST_SUITE_END();
