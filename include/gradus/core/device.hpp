// SPDX-License-Identifier: MIT
#pragma once

/// Marks a function that GPU threads call too: those that evaluate a graph, and of a policy at most `draw`. Empty for
/// every other compiler.
#ifdef __CUDACC__
#define GRADUS_DEVICE __host__ __device__
#else
#define GRADUS_DEVICE
#endif
