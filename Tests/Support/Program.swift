// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A program that was run to its end.
package struct Program {
    package let status: Int32
    package let output: String
    package let errors: String

    /// Runs it; a path without a slash is looked up as the shell does.
    package static func run(_ path: String, _ arguments: [String] = []) throws -> Program {
        let process = Process()
        process.executableURL = URL(filePath: path.contains("/") ? path : "/usr/bin/env")
        process.arguments = path.contains("/") ? arguments : [path] + arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let errorText = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Program(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: errorText, as: UTF8.self))
    }
}
