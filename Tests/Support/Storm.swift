// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// Executes a file continuously beside the test.
package final class Storm {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    package init(_ file: FilePath) throws {
        process.executableURL = URL(filePath: try Fixtures.program("exec-storm"))
        process.arguments = [file.string]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Its first line reports that it has begun.
        _ = output.fileHandleForReading.availableData
    }

    /// - Returns: the number of execs, and the number of failed ones.
    package func end() throws -> (execs: Int, failures: Int) {
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard numbers.count == 2 else { throw Garbled(text: text) }
        return (numbers[0], numbers[1])
    }

    struct Garbled: Error { let text: String }
}
