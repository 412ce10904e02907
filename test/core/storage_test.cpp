// SPDX-License-Identifier: MIT
#include <gradus/core/storage.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using gradus::Storage;

static_assert(std::is_same_v<Storage<>::slot<float>, float>);
static_assert(std::is_same_v<Storage<float>::slot<double>, float>);
static_assert(std::is_same_v<Storage<void, float>::slot<double>, double>);
