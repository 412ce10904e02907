// SPDX-License-Identifier: MIT
#include <gradus/parameters/readable.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

// The messages for what is not readable are tested by the files of test/refuse, which do not compile.

using namespace gradus;

namespace {

using Vector = std::vector<double>;
using Singles = std::vector<float>;
using Dictionary = std::map<std::string, Vector>;

struct Layer {
  BOOST_HANA_DEFINE_STRUCT(Layer, (Vector, weight), (Singles, bias));
};
struct Slopes {  // the gradient of a layer, as a type of its own
  BOOST_HANA_DEFINE_STRUCT(Slopes, (std::span<const double>, weight), (std::optional<Singles>, bias));
};
struct Other {
  BOOST_HANA_DEFINE_STRUCT(Other, (Vector, weight), (Singles, offset));
};

/// The first two types that do not match.
template <class Theta, class G, class ThetaPart, class GPart>
constexpr bool stops_at =
    std::is_same_v<decltype(detail::first_unreadable<Theta, G>()), detail::Unreadable<ThetaPart, GPart>>;

}  // namespace

TEST_CASE("readable: a tensor and a gradient of its element type, whatever their classes") {
  CHECK(detail::readable<double, const double>());
  CHECK(detail::readable<Vector, const std::array<double, 3>>());
  CHECK(detail::readable<const std::span<double>, const std::span<const double>>());
  CHECK(detail::readable<Vector, const detail::NoGradient>());
  CHECK(detail::readable<Vector, const std::optional<Vector>>());
  CHECK(detail::readable<Vector, const std::nullopt_t>());
}

TEST_CASE("readable: sets of the same kind and names, part by part") {
  CHECK(detail::readable<std::tuple<Vector, float>, const std::pair<Vector, float>>());
  CHECK(detail::readable<std::tuple<Vector&, float&>, const std::tuple<const Vector&, float>>());
  CHECK(detail::readable<Layer, const Layer>());
  CHECK(detail::readable<Layer, const Slopes>());
  CHECK(detail::readable<std::vector<Layer>, const std::array<Slopes, 2>>());
  CHECK(detail::readable<Dictionary, const std::map<std::string, std::optional<Vector>, std::less<>>>());
  CHECK(detail::readable<std::tuple<>, const std::tuple<>>());
  CHECK(detail::readable<std::tuple<Layer, Vector>, const std::tuple<std::nullopt_t, Vector>>());
}

TEST_CASE("readable: reports the type that cannot be stepped or is no gradient") {
  CHECK(stops_at<const Vector, const Vector, const Vector, const Vector>);
  CHECK(stops_at<std::span<const double>, const Vector, std::span<const double>, const Vector>);
  CHECK(stops_at<std::vector<int>, const std::vector<int>, std::vector<int>, const std::vector<int>>);
  CHECK(stops_at<Vector, const Singles, Vector, const Singles>);
  CHECK(stops_at<Vector, const std::vector<Vector>, Vector, const std::vector<Vector>>);
  CHECK(stops_at<std::list<Vector>, const std::list<Vector>, std::list<Vector>, const std::list<Vector>>);
  CHECK(stops_at<std::tuple<Vector, std::tuple<Vector>>, const std::tuple<Vector, std::tuple<Singles>>, Vector,
                 const Singles>);
  CHECK(stops_at<Dictionary, const std::map<std::string, Singles>, Vector, const Singles>);
}

TEST_CASE("readable: sets that differ in kind, size or names do not match") {
  CHECK(stops_at<std::vector<Vector>, const Dictionary, std::vector<Vector>, const Dictionary>);
  CHECK(stops_at<std::tuple<Vector>, const std::tuple<>, std::tuple<Vector>, const std::tuple<>>);
  CHECK(stops_at<Layer, const Other, Layer, const Other>);
  CHECK(stops_at<Layer, const std::tuple<Vector, Singles>, Layer, const std::tuple<Vector, Singles>>);
  CHECK(stops_at<Layer, const Vector, Layer, const Vector>);
}
