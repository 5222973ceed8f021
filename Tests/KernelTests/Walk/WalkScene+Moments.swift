// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport

/// Deeds that have to come at one moment of a pass.
extension WalkScene {
    /// Writes two versions of a file so that stat(2) says the same of both, with a pass between them.
    func flicker(_ place: ConfigPlace, _ first: Declaration, _ second: Declaration) throws {
        let texts = [first, second].map { host.text(place, $0) }
        let size = texts.map(\.count).max() ?? 0
        let padded = texts.map { $0 + Array(repeating: UInt8(ascii: "#"), count: size - $0.count) }
        try host.write(padded[0], to: host.path(place.path), O_CREAT | O_TRUNC)
        awaitPass(.seconds(1))
        let tick = Self.tick()
        while Self.tick() == tick {}
        try host.write(padded[1], to: host.path(place.path), 0)
        // The daemon reads it, all within 4 ms where the clock ticks 250 times a second.
        awaitPass(.milliseconds(3))
        try host.write(padded[0], to: host.path(place.path), 0)
        awaitPass(.milliseconds(3))
        try host.write(padded[1], to: host.path(place.path), 0)
    }

    /// Declares a file, and stops or kills the daemon just before one of the writes that it makes for it.
    func interrupt(
        _ place: ConfigPlace, _ declaration: Declaration, _ write: Int, _ interruption: Interruption
    ) throws {
        guard let daemon, !isStopped, !hadFault, order.fault == nil else { throw Errno.resourceBusy }
        order.send(interruption == .kill ? SIGKILL : SIGSTOP, before: write, call: "write")
        do { try host.put(host.text(place, declaration), at: place.path) } catch {
            order.cancel()
            throw error
        }
        awaitPass(.seconds(1)) { self.order.fault != nil }
        let isInterrupted = order.fault != nil
        order.cancel()
        switch interruption {
        case .kill: try killDaemon()
        case .flush:
            try self.write("-1", to: "status")
            if isInterrupted { daemon.signal(SIGCONT) }
        }
    }

    /// Waits until the daemon has made a pass.
    private func awaitPass(_ limit: Duration, or isEnough: () -> Bool = { false }) {
        let (end, before) = (ContinuousClock.now + limit, passes)
        while passes == before, !isEnough(), ContinuousClock.now < end { hear() }
    }

    /// The last tick of the clock that files' times are taken from.
    private static func tick() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_nsec
    }
}
