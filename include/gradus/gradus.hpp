// SPDX-License-Identifier: MIT
#pragma once

// The front door: all of gradus on the host, xtensor included. gradus/optimizer.hpp is the door without xtensor.

#include <gradus/backend/xtensor.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/tensor/xtensor.hpp>
