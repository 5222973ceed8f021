// SPDX-License-Identifier: Apache-2.0

/// The metrics of one name, in Prometheus's text format 0.0.4, which node_exporter's textfile collector reads.
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable {
        /// A value that may go up and down.
        case gauge
        /// A number that only grows, until its program starts again.
        case counter
    }

    package typealias Label = (name: String, value: String)

    private struct Sample: Sendable {
        let labels: [Label]
        let value: Int64
    }

    private let name: String
    private let kind: Kind
    private let help: String
    private var samples: [Sample] = []

    /// - Parameter name: without the prefix that all metrics of binfmtd have.
    package init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "binfmtd_" + name
        self.kind = kind
        self.help = help
    }

    /// - Parameter labels: in the order in which they are written.
    package mutating func add(_ value: Int64, _ labels: [Label] = []) {
        samples.append(Sample(labels: labels, value: value))
    }

    package mutating func add(_ value: Bool, _ labels: [Label] = []) { add(value ? 1 : 0, labels) }

    /// Its lines; empty if there is no sample.
    package var text: String {
        if samples.isEmpty { return "" }
        var text = "# HELP \(name) \(Self.escape(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escape($0.value, quotes: true))\"" }
            text += name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(sample.value)\n"
        }
        return text
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
