// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// A program that runs until it exits or until a time limit, with empty input and captured output.
struct Spawn {
    let end: ProbeRun.End
    /// The beginning of its output.
    let output: [UInt8]
    let errors: [UInt8]

    /// The failure to start any program.
    enum Problem: Error { case cannotPrepare(Errno) }

    /// - Parameters:
    ///   - root: a directory to become its root; nil for this process's own root.
    ///   - limit: how long it may take.
    ///   - look: called with its process ID as soon as the program has been executed.
    init(
        _ path: String, _ arguments: [String], root: FileDescriptor? = nil, limit: Duration,
        look: (pid_t) -> Void = { _ in }
    ) throws(Problem) {
        let channels: Channels
        do { channels = try Channels() } catch { throw .cannotPrepare(error) }

        var step = BINFMT_SPAWN_PREPARE
        let child = Self.withArguments(arguments) { arguments in
            path.withCString { path in
                var how = binfmt_spawn_how(
                    path: path, arguments: arguments, root: root?.rawValue ?? -1, input: channels.null.rawValue,
                    output: channels.output.writer.rawValue, errors: channels.errors.writer.rawValue)
                return binfmt_spawn(&how, &step)
            }
        }
        guard child > 0 else {
            let error = Errno.last
            if step == BINFMT_SPAWN_PREPARE { throw .cannotPrepare(error) }
            (end, output, errors) = (.refused(error), [], [])
            return
        }
        look(child)
        end = Self.wait(for: child, limit)
        output = channels.output.read()
        errors = channels.errors.read()
    }

    /// Waits for it, and kills it with whatever it started when the limit is over.
    private static func wait(for child: pid_t, _ limit: Duration) -> ProbeRun.End {
        let process = binfmt_open_process(child)
        defer { close(process) }
        var waiting = pollfd(fd: process, events: Int16(POLLIN), revents: 0)
        var isOver = process < 0
        while !isOver {
            let count = poll(&waiting, 1, Int32(clamping: limit.milliseconds))
            isOver = count == 0
            if count > 0 || count < 0 && Errno.last != .interrupted { break }
        }
        if isOver { kill(-child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, Errno.last == .interrupted {}
        kill(-child, SIGKILL)
        if isOver { return .timedOut }
        let signal = status & 0x7f
        return signal == 0 ? .exited(UInt8(truncatingIfNeeded: status >> 8)) : .killed(signal: signal)
    }

    static func withArguments<Result>(
        _ arguments: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            // An array with at least its terminating nil has an address.
            guard let address = buffer.baseAddress else { preconditionFailure("an empty array of arguments") }
            return body(address)
        }
    }

    /// The files behind its standard input, output and error.
    private final class Channels {
        let null: OwnedDescriptor
        let output: Pipe
        let errors: Pipe

        init() throws(Errno) {
            null = try OwnedDescriptor("/dev/null")
            output = try Pipe()
            errors = try Pipe()
        }
    }

    /// A pipe that is read after its writer has exited; output beyond its capacity is lost.
    private final class Pipe {
        let reader: OwnedDescriptor
        let writer: OwnedDescriptor

        init() throws(Errno) {
            let pipe = try Errno.rethrowing { try FileDescriptor.pipe(options: [.closeOnExec, .nonBlocking]) }
            reader = OwnedDescriptor(pipe.readEnd)
            writer = OwnedDescriptor(pipe.writeEnd)
        }

        func read() -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = try? bytes.withUnsafeMutableBytes { try reader.descriptor.read(into: $0) }
            return Array(bytes.prefix(count ?? 0))
        }
    }
}
