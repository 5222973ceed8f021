// SPDX-License-Identifier: Apache-2.0
import Foundation
import TOMLKit

/// toml-tomlkit VERSION FILE [TIMES]: as toml-located, but without types in the JSON; there is one version.

let arguments = CommandLine.arguments
guard arguments.count >= 3, let data = FileManager.default.contents(atPath: arguments[2]) else { exit(2) }
do {
    // The conversion to a string is part of what a caller has to do, but only once.
    guard let text = String(data: data, encoding: .utf8) else {
        print("not UTF-8")
        exit(1)
    }
    for _ in 0..<(arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0) {
        let clock = ContinuousClock()
        print(try clock.measure { _ = try TOMLTable(string: text) } / .seconds(1))
    }
    if arguments.count == 3 { print(try TOMLTable(string: text).convert(to: .json)) }
} catch {
    print(error)
    exit(1)
}
