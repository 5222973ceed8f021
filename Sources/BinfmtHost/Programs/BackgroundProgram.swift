// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// A program that runs beside this one, with empty input and environment, and is killed with it.
package final class BackgroundProgram {
    private let process: pid_t
    private let reader: OwnedDescriptor
    private var output: [UInt8] = []

    /// More output than this is not kept.
    private static let limit = 1 << 22

    /// Runs this program itself.
    ///
    /// - Throws: the errno of what failed.
    package init(own arguments: [String]) throws(Errno) {
        let pipe = try Errno.rethrowing { try FileDescriptor.pipe(options: [.closeOnExec]) }
        reader = OwnedDescriptor(pipe.readEnd)
        let writer = OwnedDescriptor(pipe.writeEnd)
        let null = try OwnedDescriptor("/dev/null", .readWrite)
        var step = BINFMT_SPAWN_PREPARE
        process = Spawn.withArguments(["binfmtctl"] + arguments) { arguments in
            "/proc/self/exe".withCString { path in
                var how = binfmt_spawn_how(
                    path: path, arguments: arguments, root: -1, input: null.rawValue, output: writer.rawValue,
                    errors: null.rawValue)
                return binfmt_spawn(&how, &step)
            }
        }
        if process < 0 { throw .last }
    }

    deinit {
        kill(-process, SIGKILL)
        while waitpid(process, nil, 0) < 0, Errno.last == .interrupted {}
    }

    /// Readable when there is output, or when it has ended.
    package var descriptor: FileDescriptor { reader.descriptor }

    /// Reads some output; blocks if there is none yet.
    ///
    /// - Returns: all output once the program has ended; nil until then.
    package func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = try? buffer.withUnsafeMutableBytes { try reader.descriptor.read(into: $0) }
        guard let count, count > 0 else { return output }
        if output.count < Self.limit { output += buffer[..<count] }
        return nil
    }
}
