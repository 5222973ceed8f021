// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The option that says how a command prints its result.
struct FormatOptions: ParsableArguments {
    @Flag(help: "Print the result as one JSON document.")
    var json = false
}
