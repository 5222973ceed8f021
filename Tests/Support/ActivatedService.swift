// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// A service that is started when a client connects to its socket, as systemd does it. It is killed with this object.
///
/// systemd-socket-activate closes the descriptor by which Foundation notices the end of a program, which therefore cannot
/// start it.
package final class ActivatedService {
    package let process: pid_t

    package init(_ socket: FilePath, _ command: [String]) throws {
        let words = ["systemd-socket-activate", "-l", socket.string] + command
        var arguments = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        let error = posix_spawnp(&process, words[0], &files, &attributes, arguments, environ)
        if error != 0 { throw Errno(rawValue: error) }
        self.process = process
        try eventually { Self.isListening(socket) }
    }

    /// A socket has its file before it listens. Its line in /proc/net/unix has a flag then (`__SO_ACCEPTCON`).
    private static func isListening(_ socket: FilePath) -> Bool {
        let sockets = (try? procText("/proc/net/unix")) ?? ""
        return sockets.split(separator: "\n").contains { $0.hasSuffix(" \(socket)") && $0.contains(" 00010000 ") }
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }
}
