// SPDX-License-Identifier: MIT
#pragma once

/// Marks a function that a GPU's threads call too: what evaluates a graph, and nothing that a policy's author writes.
/// Empty for every other compiler. One of the two macros of gradus.
#ifdef __CUDACC__
#define GRADUS_DEVICE __host__ __device__
#else
#define GRADUS_DEVICE
#endif
