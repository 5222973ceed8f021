// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The descriptions of the interfaces that are served.
enum VarlinkInterface {
    static let name = "io.binfmtd"
    static let serviceName = "org.varlink.service"

    /// What `org.varlink.service.GetInfo` replies.
    struct Information: Encodable {
        let vendor = "binfmtd"
        let product = "binfmtd"
        let version = Version.current
        let url = ""
        let interfaces = [name, serviceName]
    }

    /// - Returns: nil if there is no such interface.
    static func description(of interface: String) -> String? {
        switch interface {
        case name: own
        case serviceName: service
        default: nil
        }
    }

    /// The members are those of the JSON documents of `binfmtctl status` and `binfmtctl platforms`.
    private static let own = """
        # The entries of the kernel's binfmt_misc, and the platforms whose programs run.
        # A hyphen in a name of binfmtctl's JSON is an underscore here.
        interface io.binfmtd

        type Registry (
          path: string,
          enabled: ?bool,
          namespace: ?string
        )

        # The status that the daemon publishes.
        type Daemon (
          process: int,
          verdict: string,
          summary: string
        )

        type BoundInterpreter (
          name: string,
          path: string
        )

        # The files that an entry matches: type is "magic", "extension" or "bpf".
        type Recognition (
          type: string,
          offset: ?int,
          magic: ?string,
          mask: ?string,
          extension: ?string,
          handler: ?string,
          interpreters: ?[]BoundInterpreter
        )

        type Source (
          file: string,
          line: int
        )

        type Entry (
          name: string,
          state: string,
          owner: string,
          interpreter: ?string,
          flags: []string,
          kernel_flags: string,
          priority: ?int,
          recognition: ?Recognition,
          platform: ?string,
          order: ?int,
          source: ?Source,
          code: ?string,
          reason: ?string,
          since: ?string,
          repairs: int
        )

        # A problem of a configuration file.
        type Issue (
          file: string,
          line: int,
          column: int,
          severity: string,
          code: string,
          message: string
        )

        type Platform (
          name: string,
          runs: bool,
          native: bool,
          entry: ?string,
          emulator: ?string,
          reason: ?string
        )

        # The status of all entries, or of those that are named, in the kernel's matching order. The verdict is "in-sync",
        # "pending", "degraded", "unavailable" or "standby".
        method GetStatus(names: ?[]string) -> (
        \(status)
        )

        # The same, and once more after each change. It has to be called with "more".
        method Monitor(names: ?[]string) -> (
        \(status)
        )

        # The platforms whose programs run, as Docker writes them, each proved by running one; or those that are named.
        method GetPlatforms(names: ?[]string) -> (
          version: int,
          verdict: string,
          platforms: []Platform,
          problem: ?string
        )

        error Failed (reason: string)

        """

    private static let status = """
          version: int,
          verdict: string,
          summary: string,
          registry: Registry,
          daemon: ?Daemon,
          entries: []Entry,
          issues: []Issue
        """

    private static let service = """
        # What every Varlink service tells of itself.
        interface org.varlink.service

        method GetInfo() -> (
          vendor: string,
          product: string,
          version: string,
          url: string,
          interfaces: []string
        )

        method GetInterfaceDescription(interface: string) -> (description: string)

        error InterfaceNotFound (interface: string)
        error MethodNotFound (method: string)
        error MethodNotImplemented (method: string)
        error InvalidParameter (parameter: string)
        error PermissionDenied ()
        error ExpectedMore ()

        """
}
