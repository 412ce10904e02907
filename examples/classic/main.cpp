// SPDX-License-Identifier: MIT
// Shows what every recipe does: the steps that its defaults take to known minima, and its ways over four landscapes.

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "drawing.hpp"
#include "landscapes.hpp"
#include "page.hpp"

int main(int argc, char** argv) {
  CLI::App app{"Shows what every recipe does on classic functions.", "classic"};
  app.require_subcommand(1);
  std::string out = "out";
  app.add_subcommand("steps", "prints docs/steps.md")->callback([] {
    classic::write_page(std::cout, classic::functions(CLASSIC_IRISES));
  });
  CLI::App* landscapes = app.add_subcommand("landscapes", "draws NAME.svg of every recipe");
  landscapes->add_option("--out", out, "folder for the pictures")->capture_default_str();
  landscapes->callback([&] {
    drawing::make_folder(out);
    classic::draw_landscapes(CLASSIC_SCRIPT, out);
  });
  try {
    CLI11_PARSE(app, argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "classic: %s\n", error.what());
    return 1;
  }
}
