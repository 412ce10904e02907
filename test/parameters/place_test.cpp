// SPDX-License-Identifier: MIT
#include <gradus/parameters/place.hpp>

#include "support/fake_device.hpp"

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using gradus::host_space;
using gradus::detail::on_device;
using gradus::detail::place_of;
using gradus::detail::space_of_set;
using support::device_space;

namespace {

using Here = std::vector<double>;
using There = support::DeviceVector<double>;
using AlsoThere = support::DeviceVector<float>;

struct Layer {
  BOOST_HANA_DEFINE_STRUCT(Layer, (There, weight), (AlsoThere, bias));
};

template <class Theta, bool Host, bool Device>
constexpr bool lies = place_of<Theta>().host == Host && place_of<Theta>().device == Device;

static_assert(lies<Here, true, false> && lies<double, true, false>);
static_assert(lies<There, false, true> && lies<Layer, false, true>);
static_assert(lies<std::tuple<Here, There>, true, true>);
static_assert(lies<std::map<std::string, std::pair<There, std::array<float, 2>>>, true, true>);
static_assert(lies<std::tuple<>, false, false>);

static_assert(on_device<There>() && on_device<const There&>());
static_assert(on_device<std::vector<Layer>>() && on_device<std::tuple<There&, AlsoThere&>>());
static_assert(on_device<const std::map<std::string, There>&>());
static_assert(!on_device<Here>() && !on_device<std::array<Here, 3>>() && !on_device<std::tuple<>>());

}  // namespace

TEST_CASE("place: a state lies in the memory of its parameters") {
  CHECK(&space_of_set<Here>() == &host_space);
  CHECK(&space_of_set<std::vector<Here>>() == &host_space);
  CHECK(&space_of_set<std::tuple<>>() == &host_space);
  CHECK(&space_of_set<There>() == &device_space);
  CHECK(&space_of_set<const There&>() == &device_space);
  CHECK(&space_of_set<std::vector<Layer>>() == &device_space);
  CHECK(&space_of_set<std::map<std::string, std::pair<There&, AlsoThere>>>() == &device_space);
}
