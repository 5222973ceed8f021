// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Each system call of the daemon fails once, with each error that it may return: the daemon keeps running and logs
    /// it, no entry is lost, and the next pass restores the declared state.
    @Suite struct FaultTests {
        private let scene: FaultScene
        private var order: FaultOrder { scene.order }

        init() throws { scene = try FaultScene() }

        // MARK: - One call after another

        @Test func atTheStart() throws {
            #expect(try scene.start().stop() == 0)
            try walk {
                try scene.declare(1)
                let daemon: RunningDaemon
                do { daemon = try scene.start() } catch let end as RunningDaemon.Ended {
                    // The loop cannot run without these; the service manager restarts the daemon.
                    #expect(end.status == 1 && end.log.hasPrefix("binfmtd: fatal: "), "\(end)")
                    return order.fault
                }
                let fault = try repair(daemon, 1)
                // It still reacts to every kind of event.
                try scene.declare(0)
                try scene.upgrade()
                try daemon.wait { try scene.isAsDeclared(0) && daemon.log.contains("'held' replaced") }
                try PrivateRegistry.write("0", to: "a")
                try daemon.wait { try scene.isAsDeclared(0) }
                return fault
            }
        }

        @Test func atAnEdit() throws {
            let daemon = try scene.start()
            try walk {
                try scene.declare(1)
                try daemon.wait { try order.fault != nil || scene.isAsDeclared(1) }
                let fault = try repair(daemon, 1)
                try scene.declare(0)
                try daemon.wait { try scene.isAsDeclared(0) }
                return fault
            }
            #expect(daemon.stop() == 0)
        }

        @Test func atARemovalByOthers() throws {
            let daemon = try scene.start()
            try walk(firstErrorsOnly: true) {
                try PrivateRegistry.write("-1", to: "a")
                try daemon.wait { try order.fault != nil || scene.isAsDeclared(0) }
                return try repair(daemon, 0, kept: ["held"])
            }
            #expect(daemon.stop() == 0)
        }

        @Test func atAnUpgrade() throws {
            let daemon = try scene.start()
            try walk {
                let registered = PrivateRegistry.registration("held")
                try scene.upgrade()
                try daemon.wait {
                    try order.fault != nil
                        || (PrivateRegistry.registration("held") != registered && scene.isAsDeclared(0))
                }
                return try repair(daemon, 0) { PrivateRegistry.registration("held") != registered }
            }
            #expect(daemon.stop() == 0)
        }

        /// Makes the first call fail, then the second, and so on, until a round has fewer calls.
        ///
        /// - Parameter round: does the same each time, and returns the failed call.
        private func walk(firstErrorsOnly: Bool = false, _ round: () throws -> FaultOrder.Fault?) throws {
            var call = 0
            var fault: FaultOrder.Fault?
            repeat {
                call += 1
                var choice = 0
                repeat {
                    order.fail(call, choice: choice)
                    fault = try round()
                    choice += 1
                } while fault?.error != nil && !firstErrorsOnly
            } while fault != nil
            #expect(call > 20)
        }

        /// Makes the daemon run one more pass.
        ///
        /// - Parameters:
        ///   - kept: files that must have been served all the time.
        ///   - isDone: a condition in addition to the declared state.
        /// - Returns: the call that had failed until then.
        private func repair(
            _ daemon: RunningDaemon, _ generation: Int, kept: [String] = ["a", "held"],
            until isDone: () throws -> Bool = { true }
        ) throws -> FaultOrder.Fault? {
            // The work after the report of a pass may fail, too.
            try daemon.waitUntilAsleep()
            let fault = order.fault
            order.cancel()
            let comment: Comment = "\(fault.map { "\($0)" } ?? "nothing failed"); the daemon said:\n\(daemon.log)"
            #expect((kept + ["theirs"]).allSatisfy(scene.isServed), comment)
            #expect(unregistered(daemon).isDisjoint(with: kept), comment)
            try daemon.reload()
            if let fault, let error = fault.error, hasToBeLogged(fault) {
                #expect(daemon.log.contains("\(error)"), comment)
            }
            try daemon.wait { try scene.isAsDeclared(generation) && isDone() }
            return fault
        }

        /// The names in "Entry 'a' unregistered: why" and in "2 entries unregistered (why): a, b".
        private func unregistered(_ daemon: RunningDaemon) -> Set<String> {
            let lines = daemon.log.split(separator: "\n").filter { $0.contains("unregistered") }
            return Set(
                lines.flatMap { line in
                    line.contains("Entry '")
                        ? [line.split(separator: "'")[1]]
                        : line.split(separator: ": ").last?.split(separator: ", ") ?? []
                }.map(String.init))
        }

        /// Calls whose failure has no effect: those that are retried at once or repeated in the same pass, reading the
        /// first bytes of an interpreter, which only warnings depend on, and reading the registry's events, after which
        /// everything is read.
        private func hasToBeLogged(_ fault: FaultOrder.Fault) -> Bool {
            fault.error != .interrupted && !["close", "lstat", "readlink", "stat", "writev"].contains(fault.call)
                && !fault.path.contains("owned.toml") && !fault.path.contains("run/binfmtd")
                && !isInterpreter(fault.path) && !fault.path.contains("inotify")
        }

        private func isInterpreter(_ path: String) -> Bool {
            path == scene.program.string || path.hasSuffix("/bin/true") || path.hasSuffix("/bin/cat")
        }
    }
}
