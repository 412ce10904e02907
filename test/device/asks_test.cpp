// SPDX-License-Identifier: MIT
#include <gradus/device/asks.hpp>

#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/distance_adaptation.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/normalize.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/trust_ratio.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace gradus;
using backend::Reduction;

namespace {

using None = detail::DeviceAsks<Momentum, LearningRate>;
static_assert(None::raw_norms == 0 && None::own_passes == 0);

using Raw = detail::DeviceAsks<SkipNonFinite, ClipNorm, Momentum>;
static_assert(Raw::raw_norms == 1 && Raw::own_passes == 0 && Raw::most >= Raw::Incoming<true>::count<double>);
static_assert(Raw::Incoming<false>::count<double> == 4 && Raw::Incoming<false>::count<float> == 2);
static_assert(Raw::Incoming<true>::count<double> == 7 && Raw::Incoming<true>::count<float> == 3);
static_assert(Raw::at_norm<double>(0) == 1 && Raw::at_norm<double>(1) == 4 && Raw::at_norm<float>(1) == 2);

using Own = detail::DeviceAsks<Momentum, ClipNorm>;
static_assert(Own::raw_norms == 0 && Own::own_passes == 1 && Own::Incoming<false>::count<double> == 0);
static_assert(Own::OfNorm<1>::count<double> == 3 && Own::OfNorm<1>::count<float> == 1 && !Own::OfNorm<1>::by_leaf);
static_assert(Own::most >= Own::OfNorm<1>::count<double>);
static_assert(detail::DeviceAsks<ClipNorm, Momentum, ClipNorm>::own_passes == 1);
static_assert(detail::DeviceAsks<ClipNorm, Momentum, ClipNorm>::raw_norms == 1);

using Ratio = detail::DeviceAsks<TrustRatio>;
static_assert(Ratio::own_passes == 1 && Ratio::OfSums<0>::count<float> == 2 && Ratio::OfSums<0>::by_leaf);
static_assert(!detail::DeviceAsks<Normalize>::OfSums<0>::by_leaf &&
              detail::DeviceAsks<Normalize>::OfSums<0>::count<double> == 1);
static_assert(Ratio::most >= Ratio::OfSums<0>::count<double>);

using Emits = detail::DeviceAsks<DistanceAdaptation>;
static_assert(Emits::own_passes == Emits::Plan::read_passes - Emits::Plan::shared_reads + 1);
static_assert(Emits::OfEmitted::count<double> == 2 && !Emits::OfEmitted::by_leaf);

}  // namespace

TEST_SUITE_BEGIN("device asks");

TEST_CASE_TEMPLATE("guards come first, then the norms in the order of the policies, then a report's", T, float,
                   double) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  using Asks = detail::DeviceAsks<SkipNonFinite, ClipNorm>;
  using Ask = Asks::Incoming<true>;
  std::vector<Reduction> how(Ask::count<T>);
  Ask::template fill<T>({{}, {.norm = 1, .order = infinity}}, how.data());
  CHECK(how[0].kind == Reduction::non_finite);
  CHECK(how[Asks::at_norm<T>(0)].kind == Reduction::largest);
  for (std::size_t k = Asks::at_norm<T>(1); k < how.size(); ++k) CHECK(how[k].kind == Reduction::squares);
}

TEST_CASE("a norm of doubles is measured at three scales") {
  Reduction how[3];
  Own::OfNorm<1>::fill<double>({{}, {.norm = 1, .order = 1}}, how);
  for (const Reduction& one : how) CHECK(one.kind == Reduction::magnitudes);
  CHECK(how[0].scale == 1);
  CHECK(how[1].scale * how[2].scale == 1);
  CHECK(how[1].scale > 1);
}

TEST_CASE("a policy's sums are reductions of products") {
  Reduction how[2]{{Reduction::largest}, {Reduction::largest}};
  Ratio::OfSums<0>::fill<float>({}, how);
  for (const Reduction& one : how) CHECK(one.kind == Reduction::products);
}

TEST_CASE("norms of the incoming gradient are numbered; other norms are not counted") {
  std::vector<std::size_t> policies, norms;
  detail::DeviceAsks<SkipNonFinite, ClipNorm, Momentum, ClipNorm>::for_each_raw_norm(
      [&](auto i, std::size_t k) { policies.push_back(i), norms.push_back(k); });
  CHECK(policies == std::vector<std::size_t>{1});
  CHECK(norms == std::vector<std::size_t>{0});
}

TEST_CASE("an order that no device measures is refused") {
  CHECK(Own::order<1>({{}, {.norm = 1, .order = 1}}) == 1);
  CHECK_THROWS_WITH_AS(Own::order<1>({{}, {.norm = 1, .order = 3}}), doctest::Contains("order 3"), Refused);
}

TEST_SUITE_END();
