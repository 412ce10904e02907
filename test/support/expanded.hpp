// SPDX-License-Identifier: MIT
#pragma once

// What a macro expands to, as a string literal.
#define TEXT_OF(...) #__VA_ARGS__
#define EXPANDED(...) TEXT_OF(__VA_ARGS__)
