// SPDX-License-Identifier: MIT
#include <gradus/parameters/path.hpp>

#include <doctest/doctest.h>

#include <string_view>

using gradus::detail::Path;

TEST_SUITE_BEGIN("path");

TEST_CASE("fields are joined by dots, indices stand in brackets") {
  const Path root, encoder{&root, "encoder"}, layer{&encoder, "layer"}, third{&layer, {}, 2}, weight{&third, "weight"};
  CHECK(encoder.str() == "encoder");
  CHECK(third.str() == "encoder.layer[2]");
  CHECK(weight.str() == "encoder.layer[2].weight");
  CHECK(weight.leaf_name() == weight.str());
}

TEST_CASE("an index may come first or follow another index") {
  const Path root, twelfth{&root, {}, 12}, first{&twelfth, {}, 0}, bias{&twelfth, "bias"};
  CHECK(twelfth.str() == "[12]");
  CHECK(first.str() == "[12][0]");
  CHECK(bias.str() == "[12].bias");
  CHECK(first.is("[12][0]"));
  CHECK(bias.is("[12].bias"));
}

TEST_CASE("a tensor that is the whole set is the parameter") {
  const Path root;
  CHECK(root.str().empty());
  CHECK(root.leaf_name() == "parameter");
  CHECK(root.is("parameter"));
  CHECK_FALSE(root.is(""));
}

TEST_CASE("is() compares a path with a whole name") {
  const Path root, layer{&root, "layer"}, twelfth{&layer, {}, 12}, weight{&twelfth, "weight"};
  CHECK(weight.is("layer[12].weight"));
  for (const std::string_view other :
       {"", "layer", "layer[12]", "layer[12]weight", "layer[12].weigh", "layer[12].weights", "layer[1].weight",
        "layer[122].weight", "layer.12.weight", ".layer[12].weight", "parameter", "layer12].weight", "layer[].weight",
        "layer[12.weight", "layer[12]."}) {
    CAPTURE(other);
    CHECK_FALSE(weight.is(other));
  }
}

TEST_CASE("a key that contains a dot matches as it is spelled") {
  const Path root, key{&root, "block.0"}, weight{&key, "weight"};
  CHECK(weight.is(weight.str()));
}

TEST_SUITE_END();
