"""The currencies in which money is promised here, by their ISO codes; pledges and networks offer them."""

# Of ISO 4217 those in which pledges of the region are made; another one is written in the description.
CURRENCIES = (
    *("USD", "EUR", "ARS", "AUD", "BBD", "BMD", "BOB", "BRL", "BSD", "BZD", "CAD", "CHF", "CLP", "COP"),
    *("CRC", "CUP", "DKK", "DOP", "GBP", "GTQ", "GYD", "HNL", "HTG", "JMD", "JPY", "KRW", "KYD", "MXN"),
    *("NIO", "NOK", "NZD", "PAB", "PEN", "PYG", "SEK", "SRD", "TTD", "UYU", "VES", "XCD"),
)
