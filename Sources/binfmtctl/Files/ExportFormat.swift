// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A format that entries can be converted to.
enum ExportFormat: String, CaseIterable, Encodable, ExpressibleByArgument {
    case binfmtD = "binfmt.d"
}
