// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

extension HostWatch {
    /// The shortest time between two calls of a follower, because another program may cause events all the time.
    private static let pause = Duration.milliseconds(100)

    /// Calls `action` for the status as it is, and again when that may have changed or the terminal has another size, until
    /// SIGINT, SIGTERM or SIGHUP comes.
    ///
    /// - Parameters:
    ///   - output: ends, too, when nobody reads this any more; nil if nothing is written there.
    ///   - action: returns further files to watch.
    /// - Throws: the errno of inotify(7) or poll(2), or what `action` throws.
    package func follow(output: FileDescriptor? = nil, _ action: () throws -> [FilePath]) throws {
        let signals = try SignalQueue([SIGINT, SIGTERM, SIGHUP, SIGWINCH])
        // That a reader has ended is seen by poll(2).
        signal(SIGPIPE, SIG_IGN)
        let ends = [Poll.Item(signals.descriptor)] + (output.map { [Poll.Item($0, [])] } ?? [])
        var isResized = false
        func isOver(waitingFor others: [Poll.Item], _ limit: Duration?) throws -> Bool {
            let events = try Poll.wait(ends + others, limit)
            let taken = signals.take()
            if taken.contains(SIGWINCH) { isResized = true }
            return !taken.subtracting([SIGWINCH]).isEmpty || output != nil && !events[1].isDisjoint(with: .ended)
        }
        try watch()
        while true {
            _ = try takeChange()
            isResized = false
            try watch(action())
            if try isOver(waitingFor: [], Self.pause) { return }
            while try !takeChange(), !isResized {
                if try isOver(waitingFor: items, nil) { return }
            }
        }
    }
}
