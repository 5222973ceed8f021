// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Changes of the table by other programs, and the daemon's repairs.
    @Suite struct DriftTests {
        private let root = TemporaryDirectory()
        private let daemon: RunningDaemon

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write(
                """
                [qemu]
                targets = []
                [entry.a]
                magic = "TEST-A"
                interpreter = "/bin/true"
                [entry.b]
                magic = "TEST-AB"
                interpreter = "/bin/true"
                fix-binary = true
                priority = 5
                """, to: "etc/binfmtd/binfmtd.toml")
            daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
        }

        private func order() throws -> [String] {
            try KernelRegistry(at: PrivateRegistry.path).observe().entries.map(\.name.description)
        }

        private func lines(_ level: Int) -> [String] {
            daemon.log.split(separator: "\n").filter { $0.hasPrefix("<\(level)>") }.map { String($0.dropFirst(3)) }
        }

        @Test func aFlushIsUndone() throws {
            try PrivateRegistry.write("-1", to: "status")
            try daemon.wait { try order() == ["b", "a"] && daemon.log.contains("; restored b, a") }
            #expect(lines(5).last == "Another program removed 2 entries; restored b, a")
        }

        /// As a restart of systemd-binfmt makes: a second flush after a pause is the same incident.
        @Test func twoFlushesInHalfASecondAreOneMessage() throws {
            func flushes() -> Int { lines(5).filter { $0.contains("removed 2 entries") }.count }
            func flush() throws {
                try PrivateRegistry.write("-1", to: "status")
                try daemon.wait { try order() == ["b", "a"] && flushes() > 0 }
            }
            // A busy machine may take longer for the first ones.
            for _ in 1...2 {
                let (start, before) = (ContinuousClock.now, flushes())
                try flush()
                try flush()
                if ContinuousClock.now - start > .milliseconds(500) { continue }
                // What comes last is told last.
                try PrivateRegistry.write("0", to: "a")
                try daemon.wait { daemon.log.contains("'a' enabled") }
                return #expect(flushes() == before + 1, "\(daemon.log)")
            }
            Issue.record("two flushes took more than half a second")
        }

        /// Report E4: what is lost, and what would have kept it.
        @Test func aFlushOfOthersEntriesTooIsOneIncident() throws {
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            try daemon.wait(for: "STATUS=Entries: 2 active, 1 foreign")
            try PrivateRegistry.write("-1", to: "status")
            try daemon.wait { try order() == ["b", "a"] && daemon.log.contains("; restored b, a") }
            #expect(
                lines(5).last == "Another program removed 3 entries; restored b, a; not restored, because they are "
                    + "foreign (foreign = \"protect\" would restore them): theirs")
        }

        @Test func aRemovalIsUndoneInItsPlace() throws {
            try PrivateRegistry.write("-1", to: "a")
            try daemon.wait { try order() == ["b", "a"] && daemon.log.contains("'a' was removed") }
            #expect(lines(5).last == "Entry 'a' was removed by another program; restored it")
        }

        @Test func aDisabledEntryIsEnabled() throws {
            try PrivateRegistry.write("0", to: "a")
            try daemon.wait {
                PrivateRegistry.text("a")?.hasPrefix("enabled\n") == true && daemon.log.contains("'a' enabled")
            }
            #expect(lines(5).last == "Entry 'a' enabled: another program disabled it")
            try PrivateRegistry.write("0", to: "status")
            try daemon.wait { PrivateRegistry.text("status") == "enabled\n" }
        }

        /// The shell opens the file with O_TRUNC, which changes its mtime, but the kernel's entry is the same.
        @Test func aShellThatSwitchesOneOffHasRegisteredNothing() throws {
            _ = try Program.run("sh", ["-c", "echo 0 >\(PrivateRegistry.path)/b"])
            try daemon.wait {
                PrivateRegistry.text("b")?.hasPrefix("enabled\n") == true && daemon.log.contains("'b' enabled")
            }
            #expect(lines(5).last == "Entry 'b' enabled: another program disabled it")
        }

        @Test func anotherProgramsEntryUnderTheNameIsReplaced() throws {
            try PrivateRegistry.write("-1", to: "a")
            try PrivateRegistry.write(":a:M::TEST-A::/bin/sh:", to: "register")
            try daemon.wait {
                try order() == ["b", "a"] && PrivateRegistry.text("a")?.contains("interpreter /bin/true\n") == true
            }
        }

        @Test func anotherProgramsEntryInFrontIsOvertakenAndLeft() throws {
            try PrivateRegistry.write(":theirs:M::TEST::/bin/sh:", to: "register")
            try daemon.wait { try order() == ["b", "a", "theirs"] }
            #expect(PrivateRegistry.text("theirs")?.contains("interpreter /bin/sh\n") == true)
        }

        @Test func aProgramThatReRegistersFindsTheNamesFree() throws {
            // If this test is suspended for longer than the daemon waits, the names are taken, and the round does not
            // count.
            var rounds = 0
            for _ in 1...40 where rounds < 8 {
                let started = ContinuousClock.now
                try PrivateRegistry.write("-1", to: "status")
                // Like systemd-binfmt, but slower, so that the daemon runs in between.
                try daemon.wait { try !order().isEmpty }
                let isServed = try order() == ["~binfmtd~b", "~binfmtd~a"]
                do {
                    try PrivateRegistry.write(":a:M::TEST-A::/bin/true:", to: "register")
                    try PrivateRegistry.write(":b:M::TEST-AB::/bin/true:F", to: "register")
                    if isServed { rounds += 1 }
                } catch Errno.fileExists {
                    #expect(ContinuousClock.now - started > Disturbance.quietPeriod)
                }
                try daemon.wait { try order() == ["b", "a"] }
            }
            #expect(rounds == 8)
        }

        /// With `foreign = "protect"` a flush of the whole table is undone for all entries, a removal by name is not.
        @Test func foreignEntriesAreRestoredAfterAFlush() throws {
            let file = "etc/binfmtd/binfmtd.toml"
            let text = try String(contentsOfFile: root.path.appending(file).string, encoding: .utf8)
            try PrivateRegistry.write(":theirs:M::THEIRS::/bin/true:P", to: "register")
            try PrivateRegistry.write(":others:E::others::/bin/true:", to: "register")
            try root.write("[daemon]\nforeign = \"protect\"\n" + text, to: file)
            try daemon.reload()
            let before = PrivateRegistry.text("theirs")

            try PrivateRegistry.write("-1", to: "status")
            try daemon.wait { try order() == ["b", "a", "others", "theirs"] }
            #expect(PrivateRegistry.text("theirs") == before)
            try daemon.wait {
                daemon.log.contains("2 entries restored (a flush of the whole table removed them): theirs, others\n")
            }

            try PrivateRegistry.write("-1", to: "theirs")
            try PrivateRegistry.write("-1", to: "a")
            try daemon.wait { try order() == ["b", "a", "others"] }

            try root.write(text, to: file)
            try daemon.reload()
            try PrivateRegistry.write("-1", to: "status")
            try daemon.wait { try order() == ["b", "a"] }
        }

        @Test func aContestedEntryIsSuspendedForAWhile() throws {
            let isSuspended = { daemon.log.contains("is suspended") }
            var rounds = 0
            while !isSuspended() {
                try PrivateRegistry.write("-1", to: "a")
                try PrivateRegistry.write(":a:M::TEST-A::/bin/sh:", to: "register")
                try daemon.wait { PrivateRegistry.text("a")?.contains("/bin/true") == true || isSuspended() }
                try daemon.wait { try order() == ["b", "a"] || isSuspended() }
                rounds += 1
                try #require(rounds < 50)
            }
            // A busy machine may not manage that many in three seconds.
            #expect(rounds >= 10)
            let warnings = lines(4).filter { $0.contains("suspended") }
            #expect(warnings.count == 1)
            #expect(
                warnings.first?.hasSuffix(
                    "Entry 'a' is suspended: another program changed it 10 times in 3 s, last to interpreter /bin/sh; "
                        + "left alone, next try after 10 s") == true)
            #expect(PrivateRegistry.text("a")?.contains("interpreter /bin/sh\n") == true)
        }

        /// A program that removes entries continuously does not win, and does not keep the daemon busy.
        @Test func aFloodOfRemovalsIsSurvived() throws {
            for _ in 1...3000 { try PrivateRegistry.write("-1", to: "status") }
            try daemon.wait { try order() == ["b", "a"] }
            #expect(!daemon.log.contains("suspended"))
            let served = lines(5).filter { $0.contains("restored") }
            // The first message, and one more each time that the longest wait is over.
            #expect((1...5).contains(served.count), "\(served)")
            #expect(served.filter { !$0.contains("removed") } == [])
        }

        /// The declared interpreter is dynamically linked; the consequence is reported once.
        @Test func aFailureInContainersIsReportedOnce() throws {
            try PrivateRegistry.write("-1", to: "b")
            try daemon.wait { try order() == ["b", "a"] && daemon.log.contains("'b' was removed") }
            let file = "\(root.path)/etc/binfmtd/binfmtd.toml"
            #expect(
                lines(4) == [
                    "\(file):6:8: Entry 'b' is registered, but /bin/true is dynamically linked: it works on this host, but "
                        + "in a container it fails with \"no such file or directory\"; a statically linked one would not"
                ])
        }

        @Test func aReplacedInterpreterIsUsed() throws {
            let program = try root.writeProgram(
                Array(try Data(contentsOf: URL(filePath: Fixtures.program("succeed")))), to: "program")
            try root.write(
                """
                [qemu]
                targets = []
                [entry.held]
                magic = "HELD"
                interpreter = "\(program)"
                fix-binary = true
                """, to: "etc/binfmtd/binfmtd.toml")
            try daemon.wait { try order() == ["held"] }
            let image = Array(try Data(contentsOf: URL(filePath: Fixtures.program("show-interpreter"))))
            let fresh = try root.writeProgram(image, to: "fresh")
            rename(fresh.string, program.string)
            try daemon.wait { daemon.log.contains("Entry 'held' replaced: \(program) was replaced since") }

            // The new file runs.
            let file = try root.writeProgram(Array("HELD".utf8), to: "file").string
            #expect(try Program.run("/bin/sh", ["-c", "exec \(file)"]).output == "\(program)\n")
        }

        @Test func anInterpreterThatIsInstalledLaterIsAwaited() throws {
            let program = root.path.appending("opt/late/program")
            try root.write(
                """
                [qemu]
                targets = []
                [entry.late]
                magic = "LATE"
                interpreter = "\(program)"
                fix-binary = true
                """, to: "etc/binfmtd/binfmtd.toml")
            let waiting = "Entry 'late' is waiting for its interpreter: \(program) does not exist"
            try daemon.wait { daemon.log.contains(waiting) }
            #expect(try order() == [])
            _ = try root.writeProgram(
                Array(try Data(contentsOf: URL(filePath: Fixtures.program("succeed")))), to: "opt/late/program")
            try daemon.wait { try order() == ["late"] }
        }
    }
}
