// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage

/// A binfmtd that runs beside a test, with the test as its service manager.
package final class RunningDaemon {
    package let process = Process()
    /// Its host. It outlives the daemon, which would otherwise see its configuration go before it ends.
    private let root: TemporaryDirectory
    private let socket: Int32
    private let socketPath: String
    private let journal: FileHandle
    private let journalPath: String
    private var notifications: [String] = []

    /// Starts it and waits until it is ready.
    ///
    /// - Parameters:
    ///   - program: the path of binfmtd.
    ///   - wrapper: a command line that it is executed through.
    ///   - environment: its variables besides the socket.
    package init(
        _ program: String, root: TemporaryDirectory, _ arguments: [String] = [], through wrapper: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        self.root = root
        socketPath = root.path.appending("notify").string
        journalPath = root.path.appending("journal").string
        unlink(socketPath)
        socket = try Self.bind(socketPath)
        try Data().write(to: URL(filePath: journalPath))
        journal = try FileHandle(forWritingTo: URL(filePath: journalPath))
        let command = wrapper + [program, "--root", root.path.string] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment.merging(["NOTIFY_SOCKET": socketPath, "INVOCATION_ID": "0"]) { $1 }
        process.standardError = journal
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try wait(for: "READY=1")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        close(socket)
    }

    /// Its whole log, with levels.
    package var log: String { (try? String(contentsOfFile: journalPath, encoding: .utf8)) ?? "" }

    /// Waits until a notification has this line.
    package func wait(for line: String) throws {
        try wait(until: { self.notifications.last?.split(separator: "\n").contains { $0 == line } == true })
        notifications = []
    }

    /// Waits until a condition becomes true, checking it after each pass that the daemon reports, and now and then, because
    /// some messages follow later.
    ///
    /// - Parameter limit: how long it may report nothing.
    package func wait(within limit: Duration = .seconds(10), until condition: () throws -> Bool) throws {
        var deadline = ContinuousClock.now + limit
        while try !condition() {
            if let notification = try receive() {
                notifications.append(notification)
                deadline = ContinuousClock.now + limit
            } else if ContinuousClock.now > deadline {
                throw Silent(log: log, heard: notifications, limit: limit)
            }
        }
    }

    /// Has it make a pass that begins after this call, and waits until that has ended.
    package func reload(within limit: Duration = .seconds(10)) throws {
        let start = Clock.monotonic().microseconds
        var hasBegun = false
        signal(SIGHUP)
        try wait(within: limit) {
            let lines = notifications.last?.split(separator: "\n") ?? []
            let time = lines.first { $0.hasPrefix("MONOTONIC_USEC=") }?.dropFirst("MONOTONIC_USEC=".count)
            if let time = time.flatMap({ Int64($0) }), time >= start { hasBegun = true }
            return hasBegun && lines.contains("READY=1")
        }
        notifications = []
    }

    /// Waits until it is idle.
    package func waitUntilAsleep() throws {
        let deadline = ContinuousClock.now + .seconds(10)
        var isAsleep = false
        while !isAsleep {
            isAsleep = try status().contains("State:\tS")
            if ContinuousClock.now > deadline { throw Silent(log: log, heard: notifications, limit: .seconds(10)) }
            sched_yield()
        }
    }

    /// The number of its context switches: each blocking system call adds one, and each wake-up.
    package func contextSwitches() throws -> Int {
        try status().split(separator: "\n").filter { $0.contains("ctxt_switches:") }
            .compactMap { $0.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) } }.reduce(0, +)
    }

    /// A file of /proc about the process (proc(5)).
    private func status() throws -> String {
        try procText("/proc/\(process.processIdentifier)/status")
    }

    /// The number of reported passes that no test has waited for.
    package func unheardPasses() -> Int {
        var buffer = [UInt8](repeating: 0, count: 8192)
        var count = 0
        while case let size = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT)), size > 0 {
            // Only a pass gives a state.
            if String(decoding: buffer[..<size], as: UTF8.self).contains("STATUS=") { count += 1 }
        }
        return count
    }

    package func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Ends it as systemd does.
    package func stop() -> Int32 {
        signal(SIGTERM)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as a crash does.
    package func crash() {
        signal(SIGKILL)
        process.waitUntilExit()
    }

    /// The next notification; nil if there is none for a while.
    private func receive() throws -> String? {
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 100) == 1 else {
            if !process.isRunning { throw Ended(status: process.terminationStatus, log: log) }
            return nil
        }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = recv(socket, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    private static func bind(_ path: String) throws -> Int32 {
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.bind(socket, $0, size) }
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
        return socket
    }

    /// It exited unexpectedly.
    package struct Ended: Error, CustomStringConvertible {
        package let status: Int32
        package let log: String
        package var description: String { "the daemon has ended with \(status); it logged:\n\(log)" }
    }

    /// It reported nothing more, and the condition is not true.
    package struct Silent: Error, CustomStringConvertible {
        let log: String
        let heard: [String]
        let limit: Duration
        package var description: String {
            "the daemon says nothing more within \(limit); heard \(heard); it logged:\n\(log)"
        }
    }
}
