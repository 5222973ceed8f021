// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

extension WalkScene {
    /// Restores the first state, and compares what the daemon uses then with what it used at first.
    func settle() throws {
        _ = try? host.unmount("etc/binfmtd/entries.d")
        for directory in InterpreterDirectory.allCases {
            try? host.unmount(directory.path)
            try host.setMode(directory.path, 0o755)
        }
        for interpreter in Interpreter.all { try host.install(interpreter, version: 0) }
        try host.put(host.text(Settings()), at: "etc/binfmtd/binfmtd.toml")
        let first = Dictionary(uniqueKeysWithValues: WalkWorld.firstFiles.map { ($0.place, $0.declaration) })
        for place in ConfigPlace.all {
            if let declaration = first[place] {
                try host.put(host.text(place, declaration), at: place.path)
            } else {
                try? host.remove(place.path)
            }
        }
        model.restore()
        for name in WalkWorld.foreign + WalkWorld.ours
        where PrivateRegistry.text(name)?.contains("/opt/foreign") == true {
            try? happen(.unregister(name))
        }
        if !model.suspended.isEmpty { try happen(.kill) }
        try rest()
        footprints.append(try settledFootprint())
        if let first = footprints.first, let last = footprints.last, last.counts != first.counts {
            throw fail("the daemon uses \(last), at first \(first)")
        }
    }

    /// Waits until the daemon sleeps, and nothing will wake it up but an event.
    func settledFootprint() throws -> Footprint {
        guard let daemon else { throw fail("no daemon runs") }
        let process = daemon.process.processIdentifier
        var sleeps = false
        do {
            let end = ContinuousClock.now + patience * 3
            try daemon.wait(within: patience) {
                hear()
                sleeps = try isAsleep(daemon, process)
                return sleeps || ContinuousClock.now > end
            }
        } catch is RunningDaemon.Silent {}
        if !sleeps { throw fail("the daemon does not sleep at rest; it uses \(try Footprint(of: process))") }
        try rest()
        let plan = try Program.run(
            try Fixtures.program("binfmtctl"), ["plan", "--root", host.root.path.string])
        if plan.status != 0 { throw fail("binfmtctl plan: \(plan.output)\(plan.errors)") }
        // Pages of a binary that was built just now are dirty in the page cache, and counted.
        if footprints.isEmpty { sync() }
        return try Footprint(of: process)
    }

    /// Whether the daemon makes no context switch for 200 ms, and has no timer that would wake it up later.
    private func isAsleep(_ daemon: RunningDaemon, _ process: Int32) throws -> Bool {
        let switches = try daemon.contextSwitches()
        if try Footprint(of: process).hasTimer { return false }
        usleep(200_000)
        return try daemon.contextSwitches() == switches
    }
}

extension ConfigPlace {
    /// Every configuration file of a walk.
    static let all = (WalkWorld.ordinary + WalkWorld.protected).flatMap { entry in
        Layer.allCases.flatMap { layer in
            Format.allCases.map { ConfigPlace(entry: entry, layer: layer, format: $0) }
        }
    }
}
