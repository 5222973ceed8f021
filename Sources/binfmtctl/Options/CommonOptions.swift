// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost

/// The options of every command.
///
/// `binfmtctl` itself declares them as well, so that ArgumentParser finds them before and after the command's name. It
/// hands each group that it has read to the command, instead of reading it a second time.
struct CommonOptions: ParsableArguments {
    @OptionGroup var host: HostOptions
    @OptionGroup var format: FormatOptions

    var hostPaths: HostPaths { host.hostPaths }
    var json: Bool { format.json }
}
