// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// A program that ran until it exited.
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

    /// Runs it with its output on a terminal of that many columns; all of it is in `output`.
    package static func runOnTerminal(
        _ path: String, _ arguments: [String] = [], columns: Int, environment: [String: String] = [:]
    ) throws -> Program {
        // Does the work of posix_openpt(3), unlockpt(3) and ptsname(3), which Glibc's module lacks
        // (asm-generic/ioctls.h).
        let (setLock, openPeer) = (UInt(0x4004_5431), UInt(0x5441))
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { throw Errno(rawValue: errno) }
        defer { close(terminal) }
        var unlocked: Int32 = 0
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(terminal, setLock, &unlocked) == 0, ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0 else {
            throw Errno(rawValue: errno)
        }
        let end = ioctl(terminal, openPeer, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard end >= 0 else { throw Errno(rawValue: errno) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle(fileDescriptor: end, closeOnDealloc: false)
        process.standardError = process.standardOutput
        process.standardInput = FileHandle.nullDevice
        try process.run()
        close(end)
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        // read(2) returns EIO when the last program has closed it.
        while true {
            let count = read(terminal, &buffer, buffer.count)
            if count <= 0 { break }
            text += buffer[..<count]
        }
        process.waitUntilExit()
        let output = String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n")
        return Program(status: process.terminationStatus, output: output, errors: "")
    }
}
