// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl varlink` on a socket as systemd passes it.
    @Suite struct VarlinkTests {
        private let root = TemporaryDirectory()
        private let service: ActivatedService
        private var socket: FilePath { root.path.appending("io.binfmtd") }

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write(
                """
                [daemon]
                binfmt-d = false
                [qemu]
                targets = ["arm64"]
                [entry.jar]
                extension = "jar"
                interpreter = "/bin/true"

                """, to: "etc/binfmtd/binfmtd.toml")
            // More than a thousand connections, for this process and for the service.
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            service = try ActivatedService(
                root.path.appending("io.binfmtd"),
                [Fixtures.program("binfmtctl"), "varlink", "--root", root.path.string])
        }

        private static func call(_ method: String, _ parameters: String = "{}", more: Bool = false) -> String {
            #"{"method":"\#(method)","parameters":\#(parameters)\#(more ? #","more":true"# : "")}"#
        }

        private static func states(_ reply: JSONValue?) -> [String] {
            (reply?["parameters"]?["entries"]?.array ?? []).compactMap { entry in
                entry["name"]?.string.map { "\($0) \(entry["state"]?.string ?? "")" }
            }
        }

        // MARK: - Methods

        @Test func knowsWhatTheStatusAndThePlatformsAre() throws {
            let client = try VarlinkClient(socket)
            let status = try client.call(Self.call("io.binfmtd.GetStatus"))
            #expect(status?["continues"] == nil)
            #expect(Self.states(status) == ["jar pending", "qemu-aarch64 pending"])
            let entry = status?["parameters"]?["entries"]?.array?.last
            #expect(entry?["kernel_flags"]?.string?.hasSuffix("F") == true)

            let apply = try Program.run(Fixtures.program("binfmtctl"), ["apply", "--root", root.path.string])
            #expect(apply.status == 0, "\(apply.errors)")
            // What happened before the call is in the reply.
            let some = try client.call(Self.call("io.binfmtd.GetStatus", #"{"names":["jar","arm64"]}"#))
            #expect(Self.states(some) == ["jar active", "qemu-aarch64 active"])
            #expect(some?["parameters"]?["verdict"] == .string("in-sync"))
            #expect(Self.states(try client.call(Self.call("io.binfmtd.GetStatus", "null"))).count == 2)

            let platforms = try client.call(Self.call("io.binfmtd.GetPlatforms", #"{"names":["arm64","s390x"]}"#))
            let runs = platforms?["parameters"]?["platforms"]?.array?.map { $0["runs"] }
            #expect(runs == [.boolean(true), .boolean(false)])
            // A name is no option.
            let odd = try client.call(Self.call("io.binfmtd.GetPlatforms", #"{"names":["--mount"]}"#))
            #expect(odd?["parameters"]?["platforms"]?.array?.first?["name"] == .string("--mount"))
        }

        @Test func describesItself() throws {
            let client = try VarlinkClient(socket)
            let information = try client.call(Self.call("org.varlink.service.GetInfo"))
            #expect(information?["parameters"]?["version"] == .string(Version.current))
            let interfaces = information?["parameters"]?["interfaces"]?.array?.compactMap(\.string) ?? []
            #expect(interfaces == ["io.binfmtd", "org.varlink.service"])
            for name in interfaces {
                let reply = try client.call(
                    Self.call("org.varlink.service.GetInterfaceDescription", #"{"interface":"\#(name)"}"#))
                let text = reply?["parameters"]?["description"]?.string ?? ""
                #expect(text.contains("\ninterface \(name)\n"))
            }
        }

        @Test func monitorStreamsEachChange() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let client = try VarlinkClient(socket)
            let one = try VarlinkClient(socket)
            try client.send(Self.call("io.binfmtd.Monitor", more: true))
            try one.send(Self.call("io.binfmtd.Monitor", #"{"names":["jar"]}"#, more: true))
            let first = try client.receive()
            #expect(first?["continues"] == .boolean(true))
            #expect(Self.states(first).sorted() == ["jar active", "qemu-aarch64 active"])
            #expect(Self.states(try one.receive()) == ["jar active"])

            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            #expect(Self.states(try client.receive()).first == "theirs foreign")
            try root.write("[entry.jar]\nenabled = false\n", to: "etc/binfmtd/entries.d/jar.toml")
            // The other client has read nothing of what is not about its entry.
            var last = try one.receive()
            while Self.states(last) != ["jar disabled"] { last = try one.receive() }
            #expect(last?["continues"] == .boolean(true))
            #expect(daemon.stop() == 0)
        }

        // MARK: - Bad requests

        @Test(
            arguments: [
                (call("io.binfmtd.Nothing"), "MethodNotFound", "method", "io.binfmtd.Nothing"),
                (call("org.varlink.service.Nothing"), "MethodNotFound", "method", "org.varlink.service.Nothing"),
                (call("io.other.GetStatus"), "InterfaceNotFound", "interface", "io.other"),
                (call("GetStatus"), "InterfaceNotFound", "interface", ""),
                (call(""), "InterfaceNotFound", "interface", ""),
                (call("io.binfmtd.GetStatus", #"{"names":"jar"}"#), "InvalidParameter", "parameter", "names"),
                (call("io.binfmtd.GetStatus", #"{"names":[1]}"#), "InvalidParameter", "parameter", "names"),
                (call("io.binfmtd.GetStatus", #"{"more":[]}"#), "InvalidParameter", "parameter", "more"),
                (call("io.binfmtd.Monitor"), "ExpectedMore", "", ""),
                (call("org.varlink.service.GetInfo", #"{"names":[]}"#), "InvalidParameter", "parameter", "names"),
                (call("org.varlink.service.GetInterfaceDescription"), "InvalidParameter", "parameter", "interface"),
                (
                    call("org.varlink.service.GetInterfaceDescription", #"{"interface":"io.other"}"#),
                    "InterfaceNotFound", "interface", "io.other"
                ),
            ])
        func aBadRequestGetsVarlinksOwnError(
            _ call: String, _ error: String, _ parameter: String, _ value: String
        ) throws {
            let client = try VarlinkClient(socket)
            let reply = try client.call(call)
            #expect(reply?["error"] == .string("org.varlink.service.\(error)"))
            #expect(reply?["parameters"]?[parameter] == (parameter.isEmpty ? nil : .string(value)))
            // The connection goes on.
            #expect(Self.states(try client.call(Self.call("io.binfmtd.GetStatus"))).count == 2)
        }

        /// Varlink has no reply to what is no call.
        @Test func whatIsNoCallEndsTheConnection() throws {
            for text in [
                "", "{", "[]", "null", #"{"method":1}"#, #"{"parameters":{}}"#, #"{"method":"a.b","parameters":[]}"#,
                #"{"method":"a.b"} x"#, String(repeating: "[", count: 10_000),
                #"{"method":"a.b","more":"yes"}"#,
            ] {
                let client = try VarlinkClient(socket)
                try client.send(text)
                #expect(try client.receive() == nil, "\(text.prefix(40))")
            }
            let endless = try VarlinkClient(socket)
            let part = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 12)
            #expect(throws: Errno.self) { for _ in 0..<1024 { try endless.send(bytes: part) } }
            // Not UTF-8.
            let binary = try VarlinkClient(socket)
            try binary.send(bytes: [0xff, 0xfe, 0x80, 0])
            #expect(try binary.receive() == nil)
            // Others are served all the while.
            #expect(Self.states(try VarlinkClient(socket).call(Self.call("io.binfmtd.GetStatus"))).count == 2)
        }

        @Test func callsMayComeTogetherAndInParts() throws {
            let client = try VarlinkClient(socket)
            let calls = ["org.varlink.service.GetInfo", "io.binfmtd.Nothing", "io.binfmtd.GetStatus"].map {
                Self.call($0)
            }
            let oneway = #"{"method":"io.binfmtd.Nothing","oneway":true}"#
            let silent = #"{"method":"org.varlink.service.GetInfo","oneway":true}"#
            let text = Array([calls[0], oneway, silent, calls[1], calls[2]].map { $0 + "\0" }.joined().utf8)
            for byte in text.prefix(30) { try client.send(bytes: [byte]) }
            try client.send(bytes: Array(text.dropFirst(30)))
            client.endCalls()
            #expect(try client.receive()?["parameters"]?["vendor"] != nil)
            #expect(try client.receive()?["error"] != nil)
            #expect(Self.states(try client.receive()).count == 2)
            #expect(try client.receive() == nil)
        }

        // MARK: - Many clients

        @Test func everyClientGetsThePlatformsThatItAskedFor() throws {
            let names = ["arm64", "s390x", "riscv64", "s390x"]
            let clients = try names.map { _ in try VarlinkClient(socket) }
            for (client, name) in zip(clients, names) {
                try client.send(Self.call("io.binfmtd.GetPlatforms", #"{"names":["\#(name)"]}"#))
            }
            for (client, name) in zip(clients, names) {
                let platforms = try client.receive()?["parameters"]?["platforms"]?.array
                #expect(platforms?.map { $0["name"] } == [.string("linux/\(name)")])
            }
        }

        @Test func aThousandClientsDoNotDisturbTheDaemon() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let clients = try (0..<1000).map { _ in try VarlinkClient(socket) }
            for (number, client) in clients.enumerated() {
                try client.send(Self.call(number < 500 ? "io.binfmtd.GetStatus" : "io.binfmtd.Monitor", more: true))
            }
            try PrivateRegistry.write("-1", to: "jar")
            for client in clients { #expect(try client.receive()?["parameters"]?["entries"] != nil) }
            try eventually { PrivateRegistry.text("jar") != nil }
            // Those who monitor it hear of what follows; none of them has to read for the others to be served.
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            var last = try clients[999].receive()
            while Self.states(last).first != "theirs foreign" { last = try clients[999].receive() }
            // One more than there may be: the one that was silent for the longest time is closed.
            let more = try (0..<30).map { _ in try VarlinkClient(socket) }
            for client in more {
                #expect(Self.states(try client.call(Self.call("io.binfmtd.GetStatus"))).first == "theirs foreign")
            }
            #expect(clients.prefix(500).count(where: \.isClosed) == 1000 + 30 - 1024)
            #expect(daemon.stop() == 0)
        }
    }
}
