// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// Executes files continuously beside the test.
package final class Storm {
    private let process = Process()
    private let input = Pipe()
    private let output: Int32
    private var unread: [UInt8] = []
    private var found: [Miss] = []
    private var execs = 0

    /// An exec that failed, or that another interpreter served.
    package struct Miss: Hashable, CustomStringConvertible {
        /// The index of the file.
        package let file: Int
        /// The times before and after, in ns of CLOCK_MONOTONIC.
        package let start: Int
        package let end: Int
        /// The exit status, or minus the errno of the exec.
        package let status: Int
        package var description: String { "file \(file) at \(start): \(status)" }
    }

    /// - Parameter files: the files, each with the class of its interpreters: they exit with a status from 16 times that
    ///   on.
    package init(_ files: [(path: FilePath, interpreters: Int)]) throws {
        let pipe = Pipe()
        process.executableURL = URL(filePath: try Fixtures.program("exec-storm"))
        process.arguments = files.flatMap { [$0.path.string, "\($0.interpreters)"] }
        process.standardInput = input
        process.standardOutput = pipe
        output = dup(pipe.fileHandleForReading.fileDescriptor)
        try process.run()
        try pipe.fileHandleForWriting.close()
        // Its first line reports that it has begun.
        var byte: UInt8 = 0
        while Foundation.read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") {}
    }

    /// One file, whose interpreters exit with 0.
    package convenience init(_ file: FilePath) throws { try self.init([(file, 0)]) }

    deinit {
        if process.isRunning { process.terminate() }
        close(output)
    }

    /// The misses since the last call.
    package func misses() -> [Miss] {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, 0) == 1, receive() {}
        defer { found = [] }
        return found
    }

    /// - Returns: the number of execs, and the misses since the last call of ``misses()``.
    package func end() throws -> (execs: Int, misses: [Miss]) {
        try input.fileHandleForWriting.close()
        while receive() {}
        process.waitUntilExit()
        if process.terminationStatus != 0 || execs == 0 { throw Garbled(text: String(decoding: unread, as: UTF8.self)) }
        return (execs, misses())
    }

    /// - Returns: whether there was something to read.
    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = Foundation.read(output, &buffer, buffer.count)
        guard count > 0 else { return false }
        unread += buffer[..<count]
        while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
            let numbers = String(decoding: unread[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            unread.removeSubrange(...end)
            switch numbers.count {
            case 4: found.append(Miss(file: numbers[0], start: numbers[1], end: numbers[2], status: numbers[3]))
            case 1: execs = numbers[0]
            default: continue
            }
        }
        return true
    }

    struct Garbled: Error { let text: String }
}
