// SPDX-License-Identifier: MIT
#include "house/tree.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using house::Complaints;
using house::File;

namespace {

const std::map<std::string, int> floor_of_room{
    {"core", 0}, {"tensor", 1}, {"backend", 1}, {"parameters", 1}, {"policy", 2}, {"schedule", 2}, {"plan", 2},
    {"step", 3}, {"device", 4}, {"compose", 5}, {"recipe", 6},     {"drive", 6},  {"explain", 6},  {"", 7},
};

// Where a foreign library may be included: a room, or one header.
const std::map<std::string, std::set<std::string>> homes_of_library{
    {"boost", {"parameters", "tensor/multi_array.hpp"}},
    {"Random123", {"core/normal.hpp"}},
    {"xsimd", {"backend/xsimd.hpp"}},
    {"xtensor", {"tensor/xtensor.hpp", "backend/xtensor.hpp"}},
    {"Eigen", {"tensor/eigen.hpp"}},
    {"armadillo", {"tensor/armadillo.hpp"}},
    {"torch", {"tensor/torch.hpp"}},
    {"tbb", {"backend/tbb.hpp"}},
    {"sanitizer", {"backend/tbb.hpp"}},
    {"nlohmann", {"drive/make_optimizer.hpp"}},
    {"thrust", {"tensor/thrust.hpp", "backend/thrust.hpp"}},
    {"cuda_bf16.h", {"tensor/thrust.hpp"}},
    {"cuda_fp16.h", {"tensor/thrust.hpp"}},
    {"cuda_runtime_api.h", {"tensor/thrust.hpp", "backend/thrust.hpp"}},
};

// "policy" for "policy/clip.hpp", nothing for "gradus.hpp".
std::string room_of(const std::string& header) {
  const auto slash = header.find('/');
  return slash == std::string::npos ? "" : header.substr(0, slash);
}

bool may_see(const std::string& room, const std::string& other) {
  return room == other || floor_of_room.at(other) < floor_of_room.at(room);
}

bool is_standard(const std::string& name) { return name.find_first_of("/.") == std::string::npos; }

bool may_include(const std::string& header, const std::string& name) {
  if (name.starts_with("gradus/")) {
    const std::string room = room_of(name.substr(7));
    return floor_of_room.contains(room) && may_see(room_of(header), room);
  }
  const auto homes = homes_of_library.find(name.substr(0, name.find('/')));
  if (homes == homes_of_library.end()) return is_standard(name);
  return homes->second.contains(header) || homes->second.contains(room_of(header));
}

// The name between the angle brackets, or with its quotation marks if it is quoted.
std::string included(const std::string& line) {
  const std::string text = house::without_spaces_before(line);
  if (!text.starts_with("#include")) return "";
  const auto first = text.find_first_of("<\"");
  const auto last = text.find_first_of(">\"", first + 1);
  return text[first] == '<' ? text.substr(first + 1, last - first - 1) : text.substr(first, last - first + 1);
}

Complaints wrong_includes(const File& file) {
  const std::string header = file.path.substr(std::string_view{"include/gradus/"}.size());
  if (!floor_of_room.contains(room_of(header))) return {header + " stands in no room"};
  Complaints all;
  for (const std::string& line : house::lines(file.text))
    if (const std::string name = included(line); !name.empty() && !may_include(header, name))
      all.push_back(header + " may not include " + name);
  return all;
}

bool allowed(const std::string& header, const std::string& name) {
  return wrong_includes({"include/gradus/" + header, "#include " + name + "\n"}).empty();
}

}  // namespace

TEST_SUITE_BEGIN("includes");

TEST_CASE("an include points to a lower floor or stays in its room") {
  CHECK(allowed("policy/clip.hpp", "<gradus/core/policy.hpp>"));
  CHECK(allowed("policy/nesterov.hpp", "<gradus/policy/momentum.hpp>"));
  CHECK(allowed("gradus.hpp", "<gradus/optimizer.hpp>"));
  CHECK_FALSE(allowed("policy/clip.hpp", "<gradus/schedule/decay.hpp>"));
  CHECK_FALSE(allowed("core/policy.hpp", "<gradus/policy/clip.hpp>"));
  CHECK_FALSE(allowed("tensor/std.hpp", "<gradus/backend/simd.hpp>"));
  CHECK_FALSE(allowed("drive/maximize.hpp", "<gradus/gradus.hpp>"));
  CHECK_FALSE(allowed("policy/clip.hpp", "\"momentum.hpp\""));
  CHECK_FALSE(allowed("attic/old.hpp", "<vector>"));
}

TEST_CASE("a foreign library may be included only where it belongs") {
  CHECK(allowed("core/policy.hpp", "<vector>"));
  CHECK(allowed("backend/xsimd.hpp", "<xsimd/xsimd.hpp>"));
  CHECK(allowed("parameters/leaves.hpp", "<boost/hana/unpack.hpp>"));
  CHECK_FALSE(allowed("core/lane.hpp", "<xsimd/xsimd.hpp>"));
  CHECK_FALSE(allowed("core/chain.hpp", "<boost/hana/unpack.hpp>"));
  CHECK_FALSE(allowed("tensor/std.hpp", "<armadillo>"));
  CHECK_FALSE(allowed("core/lane.hpp", "<unknown/unknown.hpp>"));
}

TEST_CASE("every header obeys both rules") {
  CHECK_FALSE(house::headers().empty());
  for (const std::string& path : house::headers())
    for (const std::string& complaint : wrong_includes({path, house::read(path)})) FAIL_CHECK(complaint);
}

TEST_SUITE_END();
