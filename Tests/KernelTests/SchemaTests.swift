// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The `--json` output of every command, including failures, is valid under the installed schema.
    @Suite struct SchemaTests {
        private let root = TemporaryDirectory()
        private let published: JSONSchema
        /// Derived from the published one: an unknown member is an error here.
        private let schema: JSONSchema

        init() throws {
            _ = try PrivateRegistry.open()
            published = try JSONSchema(published: "binfmtctl.schema.json")
            schema = published.strict
            try root.write(
                """
                [daemon]
                binfmt-d = false
                [qemu]
                targets = []
                [entry.wine]
                preset = "wine"
                interpreter = "/bin/true"
                flags = "P"
                [entry.jar]
                extension = "jar"
                interpreter = "/nowhere/jexec"
                [entry.later]
                magic = "LATER"
                interpreter = "/nowhere/later"
                fix-binary = true
                [entry.off]
                enabled = false

                """, to: "etc/binfmtd/binfmtd.toml")
            try root.write("[entry.good]\npreset = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "good.toml")
            try root.write(":x:E::x::/bin/true:\n:y\n", to: "lines.conf")
            try root.write("", to: "run/binfmtd/entries.d/mask.toml")
            _ = try root.writeProgram(Array("THEIRS".utf8), to: "theirs")
            _ = try root.writeProgram(Array("#!/bin/sh\r\n".utf8), to: "windows")
            _ = try root.writeProgram(Array("#!/bin/sh\n".utf8), to: "script")
            // A foreign entry in the place of one of ours.
            try PrivateRegistry.write(":theirs:M::THEIRS::/bin/true:P", to: "register")
            try PrivateRegistry.write(":wine:M::MZ::/bin/sh:", to: "register")
        }

        /// Each command's arguments with the exit status; some follow one another.
        static let sessions: [String: [(arguments: String, status: Int32)]] = [
            "status": [("", 1), ("wine theirs nothing", 1), ("--registry /tmp", 1), ("theirs --wait 0", 0)],
            "plan": [("", 1), ("--registry /tmp", 1), ("--config ROOT/nothing.toml", 1)],
            "explain": [
                ("ROOT/theirs", 0), ("ROOT/windows", 1), ("ROOT/script", 0), ("ROOT/nothing", 1),
                ("ROOT/theirs --registry /tmp", 1), ("--chroot ROOT /theirs", 1),
            ],
            "probe": [("", 0), ("arm64 wine nothing", 1), ("--registry /tmp", 1)],
            "platforms": [("", 0), ("arm64 hppa nothing", 1), ("--registry /tmp", 1), ("arm64 --registry /tmp", 1)],
            "apply": [("", 1), ("", 1), ("--registry /tmp", 1)],
            "reload": [("", 1)],
            "register": [
                ("", 0), ("--registry /tmp", 1), ("-t arm64 --qemu-path /nowhere", 0),
                ("-t arm64 -p yes --qemu-path /nowhere", 1), ("--uninstall arm64,theirs,nothing", 1),
                ("-t arm64 -c yes --registry /tmp", 1),
            ],
            "release": [("", 0), ("theirs", 1), ("--registry /tmp", 1)],
            "check": [("ROOT/good.toml", 0), ("", 1), ("ROOT/nothing.toml", 1)],
            "cat": [("", 0)], "presets": [("", 0), ("wine arm64 elf-mips", 0), ("jar nothing wime", 1)],
            "import": [("", 0), ("ROOT/lines.conf", 1), ("ROOT/nothing.conf", 1), ("--registry /tmp", 1)],
            "export": [("", 1)],
        ]

        private func run(_ command: String, _ arguments: String) throws -> (status: Int32, output: String) {
            let words = arguments.split(separator: " ").map { String($0).replacing("ROOT", with: root.path.string) }
            let run = try Program.run(
                Fixtures.program("binfmtctl"), [command] + words + ["--json", "--root", root.path.string])
            return (run.status, run.output)
        }

        @Test func everyCommandHasASchemaAndIsTried() throws {
            let help = try JSONValue(
                parsing: Program.run(Fixtures.program("binfmtctl"), ["--experimental-dump-help"]).output)
            let commands = (help["command"]?["subcommands"]?.array ?? []).filter { command in
                (command["arguments"]?.array ?? []).contains { argument in
                    argument["shouldDisplay"] == .boolean(true)
                        && argument["names"]?.array?.contains { $0["name"] == .string("json") } == true
                }
            }
            let names = Set(commands.compactMap { $0["commandName"]?.string })
            #expect(names.count >= 12)
            #expect(schema.documents == names.union(["failure"]))
            #expect(Set(Self.sessions.keys) == names)
            #expect(names.isSubset(of: schema.definitions))
        }

        @Test(arguments: sessions.keys.sorted())
        func printsWhatTheSchemaSays(_ command: String) throws {
            for (arguments, status) in try #require(Self.sessions[command]) {
                let run = try run(command, arguments)
                #expect(run.status == status, "\(command) \(arguments)\n\(run.output)")
                let problems = schema.problems(try JSONValue(parsing: run.output), as: command)
                #expect(problems == [], "\(command) \(arguments)\n\(run.output)")
            }
        }

        @Test func besideADaemonTheyPrintWhatTheSchemaSays() throws {
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            for (command, status) in [("status", 0), ("reload", 0), ("apply", 0), ("release", 1)] {
                let run = try run(command, "")
                #expect(run.status == status, "\(command)\n\(run.output)")
                #expect(schema.problems(try JSONValue(parsing: run.output), as: command) == [], "\(run.output)")
                _ = daemon.unheardPasses()
            }
            #expect(daemon.stop() == 0)
        }

        /// Readers validate with the published schema, which accepts members that are added later, at every depth.
        @Test(arguments: [
            ##"{"version": 1, "verdict": "valid", "issues": [], "more": 1}"##,
            """
            {"version": 1, "verdict": "broken", "issues": [
              {"file": "/x", "line": 1, "column": 1, "severity": "error", "code": "syntax", "message": "",
               "more": 1}
            ]}
            """,
        ])
        func anAddedMemberIsValidForReaders(_ text: String) throws {
            #expect(published.problems(try JSONValue(parsing: text), as: "check") == [])
            #expect(schema.problems(try JSONValue(parsing: text), as: "check") != [])
        }

        /// The validator finds errors.
        @Test(arguments: [
            ##"{"version": 2, "verdict": "valid", "issues": []}"##,
            ##"{"version": 1, "verdict": "good", "issues": []}"##,
            ##"{"version": 1, "verdict": "valid"}"##, ##"{"version": 1, "verdict": "valid", "issues": [], "more": 1}"##,
            ##"{"version": 1, "verdict": "valid", "issues": [{"file": 1}]}"##, "[]",
            ##"{"version": 1, "verdict": "valid", "issues": {}}"##,
        ])
        func somethingElseIsInvalid(_ text: String) throws {
            #expect(schema.problems(try JSONValue(parsing: text), as: "check") != [])
        }
    }
}
