// SPDX-License-Identifier: Apache-2.0
import Foundation
import TOMLKit

/// toml-tomlkit VERSION FILE [TIMES]: as toml-located, but without types in the JSON; there is one version.

/// Prints the peak memory of this program on standard error, as the kernel says it.
func reportMemory() {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM") {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let data = FileManager.default.contents(atPath: arguments[2]) else { exit(2) }
do {
    // The conversion to a string is part of what a caller has to do, but only once.
    guard let text = String(data: data, encoding: .utf8) else {
        print("not UTF-8")
        exit(1)
    }
    if arguments.count > 3, let times = Int(arguments[3]) {
        let start = clock()
        for _ in 0..<times { _ = try TOMLTable(string: text) }
        print(Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(times))
    }
    if arguments.count == 3 { print(try TOMLTable(string: text).convert(to: .json)) }
} catch {
    print(error)
    reportMemory()
    exit(1)
}
reportMemory()
