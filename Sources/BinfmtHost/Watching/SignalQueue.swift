// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// Signals that wait to be read instead of ending the process (signalfd(2)).
package final class SignalQueue {
    private let queue: OwnedDescriptor
    private let signals: [Int32]

    /// Blocks these signals.
    ///
    /// - Throws: the errno of signalfd(2).
    package init(_ signals: [Int32]) throws(Errno) {
        self.signals = signals
        var set = Self.set(signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        queue = try OwnedDescriptor(checking: signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK)))
    }

    deinit {
        var set = Self.set(signals)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Readable when a signal waits.
    package var descriptor: FileDescriptor { queue.descriptor }

    /// The signals that came since the last call.
    package func take() -> Set<Int32> {
        var taken: Set<Int32> = []
        var information = signalfd_siginfo()
        while read(queue.rawValue, &information, MemoryLayout<signalfd_siginfo>.size) > 0 {
            taken.insert(Int32(bitPattern: information.ssi_signo))
        }
        return taken
    }

    private static func set(_ signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
