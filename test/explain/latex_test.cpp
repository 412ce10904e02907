// SPDX-License-Identifier: MIT
#include <gradus/explain/latex.hpp>

#include <doctest/doctest.h>

using gradus::detail::Latex;

TEST_SUITE_BEGIN("latex");

TEST_CASE("an assignment, aligned at its arrow") {
  CHECK(Latex::of("u <- g + factor velocity") == "u &\\leftarrow g + \\mathrm{factor} \\, \\mathrm{velocity}");
}

TEST_CASE("fractions and roots lose the brackets that they replace, products keep theirs") {
  CHECK(Latex::of("u / (sqrt(second) + epsilon)") == "\\frac{u}{\\sqrt{\\mathrm{second}} + \\varepsilon}");
  CHECK(Latex::of("cbrt(u)") == "\\sqrt[3]{u}");
  CHECK(Latex::of("exp(epsilon log(u))") == "\\exp\\left(\\varepsilon \\, \\log\\left(u\\right)\\right)");
  CHECK(Latex::of("(1 - beta) / (1 - beta^t) u") == "\\frac{1 - \\beta}{1 - \\beta^{t}} \\, u");
  CHECK(Latex::of("a b / c d") == "\\frac{a \\, b}{c} \\, d");
  CHECK(Latex::of("(1 - beta) u u") == "\\left(1 - \\beta\\right) \\, u \\, u");
  CHECK(Latex::of("1 / (1 + rate (t - 1))^power") ==
        "\\frac{1}{\\left(1 + \\mathrm{rate} \\, \\left(t - 1\\right)\\right)^{\\mathrm{power}}}");
  CHECK(Latex::of("u (1 / a) (1 / b + c)") == "u \\, \\frac{1}{a} \\, \\left(\\frac{1}{b} + c\\right)");
  CHECK(Latex::of("(1 / a)^2") == "\\left(\\frac{1}{a}\\right)^{2}");
  CHECK(Latex::of("factor^(t - 1) u") == "\\mathrm{factor}^{t - 1} \\, u");
  CHECK(Latex::of("x - (y - a)") == "x - \\left(y - a\\right)");
  CHECK(Latex::of("-(x + y)") == "-\\left(x + y\\right)");
}

TEST_CASE("functions, magnitudes and choices") {
  CHECK(Latex::of("min(1, norm / (N + epsilon))") == "\\min\\left(1, \\frac{\\mathrm{norm}}{N + \\varepsilon}\\right)");
  CHECK(Latex::of("abs(x) + |p| / (|u| + 1)") == "\\left|x\\right| + \\frac{\\left|p\\right|}{\\left|u\\right| + 1}");
  CHECK(Latex::of("fma(x, y, a)") == "\\operatorname{fma}\\left(x, y, a\\right)");
  CHECK(Latex::of("hits + (p < low ? 1 : 0)") ==
        "\\mathrm{hits} + \\begin{cases} 1 & p < \\mathrm{low} \\\\ 0 & \\text{else} \\end{cases}");
  CHECK(Latex::of("radius / norm(p)^2") == "\\frac{\\mathrm{radius}}{\\left\\|p\\right\\|^{2}}");
  CHECK(Latex::of("x <= y ? a : b") == "\\begin{cases} a & x \\le y \\\\ b & \\text{else} \\end{cases}");
}

TEST_CASE("indices and powers of ten") {
  CHECK(Latex::of("beta1 old_velocity") == "\\beta_{1} \\, \\mathrm{velocity}_{\\mathrm{old}}");
  CHECK(Latex::of("m_(t+1) / (1 - P_t)") == "\\frac{m_{t + 1}}{1 - P_{t}}");
  CHECK(Latex::of("weight_decay p_0") == "\\text{weight\\_decay} \\, p_{0}");
  CHECK(Latex::of("velocity_2") == "\\mathrm{velocity}_{2}");
  CHECK(Latex::of("1e-08 + 2.5e+3") == "10^{-8} + 2.5 \\cdot 10^{3}");
  CHECK(Latex::of("2e x") == "2 \\, e \\, x");
  CHECK(Latex::of("beta, 0 at t = 1") == "\\beta, 0 \\, \\text{ at } \\, t = 1");
}

TEST_CASE("unknown characters become escaped text, never LaTeX commands") {
  CHECK(Latex::of("a % b") == "a \\, \\text{\\%} \\, b");
  CHECK(Latex::words("my_policy & 100 %") == "\\text{my\\_policy \\& 100 \\%}");
  CHECK(Latex::words("Log<F>") == "\\text{Log\\textless{}F\\textgreater{}}");
  CHECK(Latex::words("a\\b^~") == "\\text{a\\textbackslash{}b\\^{}\\~{}}");
  CHECK(Latex::of("a) b") == "a \\text{) b}");
  CHECK(Latex::of("\xCE\xB2 x") == "\\mathrm{\xCE\xB2} \\, x");
}

TEST_SUITE_END();
